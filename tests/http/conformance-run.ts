import { describe, expect, test } from 'vitest'
import { type ConformanceCase, conformanceCases } from './conformance-cases.ts'
import { clockHeader } from './conformance-publication.ts'

/** An answer as it came, header names in lower case, each field once. */
export interface Answer {
  status: number
  headers: [name: string, value: string][]
  body: Uint8Array
}

export type Ask = (request: ConformanceCase) => Promise<Answer>

/** What a server says of itself and of the connection; the application has no part in it. */
const ofTheServer = ['connection', 'date', 'keep-alive']

/** Runs the whole table against one runtime. */
export function runConformance(runtime: string, ask: Ask): void {
  describe(`HTTP ${runtime}`, () => {
    for (const request of conformanceCases)
      test(request.name, async () => {
        const answer = await ask(request)
        const headers = answer.headers.filter(([name]) => !ofTheServer.includes(name))
        expect(new Set(headers.map(([name]) => name)).size, 'no field comes twice').toBe(headers.length)
        expect({ status: answer.status, headers: Object.fromEntries(headers) }).toEqual({
          status: request.answer.status,
          headers: request.answer.headers,
        })
        const body = request.answer.body
        expect(answer.body).toEqual(typeof body === 'string' ? new TextEncoder().encode(body) : body)
      })
  })
}

/** A case's header fields, its instant among them. */
export function fieldsOf(request: ConformanceCase): Record<string, string> {
  return { ...request.headers, [clockHeader]: `${request.at}` }
}

/** Asks a `fetch` handler without any server. */
export function askHandler(handler: (request: Request) => Response | Promise<Response>): Ask {
  return async request => {
    const answer = await handler(
      new Request(`https://example.org${request.path}`, {
        method: request.method,
        headers: fieldsOf(request),
      }),
    )
    const body = new Uint8Array(await answer.arrayBuffer())
    return { status: answer.status, headers: [...answer.headers], body }
  }
}
