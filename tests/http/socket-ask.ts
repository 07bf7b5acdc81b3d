import { Agent, request as httpRequest } from 'node:http'
import { type Ask, fieldsOf } from './conformance-run.ts'

/** Asks a server on the loopback and takes the fields as they were sent. `close` ends its connections. */
export function askPort(port: number): { ask: Ask; close(): void } {
  const agent = new Agent({ keepAlive: true })
  const ask: Ask = request =>
    new Promise((resolve, reject) => {
      const { method, path } = request
      const host = '127.0.0.1'
      const sent = httpRequest({ host, port, agent, method, path, headers: fieldsOf(request) }, answer => {
        const chunks: Buffer[] = []
        answer.on('data', chunk => chunks.push(chunk))
        answer.on('error', reject)
        answer.on('end', () => {
          const { rawHeaders, statusCode } = answer
          const headers: [string, string][] = []
          for (let index = 0; index < rawHeaders.length; index += 2)
            headers.push([rawHeaders[index]!.toLowerCase(), rawHeaders[index + 1]!])
          resolve({ status: statusCode!, headers, body: new Uint8Array(Buffer.concat(chunks)) })
        })
      })
      sent.on('error', reject)
      sent.end()
    })
  return { ask, close: () => agent.destroy() }
}
