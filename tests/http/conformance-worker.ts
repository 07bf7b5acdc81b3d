import { createConformanceServer } from './conformance-publication.ts'

/** The conformance publication as a Worker. */
let server: ReturnType<typeof createConformanceServer> | undefined

export default {
  async fetch(request: Request): Promise<Response> {
    server ??= createConformanceServer({ encodeBody: 'manual' })
    return (await server)(request)
  },
}
