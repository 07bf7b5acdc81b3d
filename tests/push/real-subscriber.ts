import { createHmac } from 'node:crypto'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

/** A message as it arrived. */
export interface Received {
  path: string
  type: string
  link: string
  body: string
  /** Null where it was not signed. */
  signedWell: boolean | null
  /** Epoch milliseconds. */
  at: number
}

/** A subscriber of its own, on a port of this machine: agrees to everything and remembers what it is sent. */
export async function startSubscriber(secret = '') {
  const received: Received[] = []
  const questions: URL[] = []
  const server = createServer((incoming, outgoing) => {
    const chunks: Buffer[] = []
    incoming.on('data', chunk => chunks.push(chunk))
    incoming.on('end', () => {
      const url = new URL(incoming.url!, 'http://subscriber/')
      if (incoming.method === 'GET') {
        questions.push(url)
        outgoing.end(url.searchParams.get('hub.challenge') ?? url.searchParams.get('challenge') ?? '')
        return
      }
      const bytes = Buffer.concat(chunks)
      const [method = '', given] = `${incoming.headers['x-hub-signature'] ?? ''}`.split('=')
      received.push({
        path: url.pathname,
        type: incoming.headers['content-type'] ?? '',
        link: `${incoming.headers.link ?? ''}`,
        body: bytes.toString(),
        signedWell: given ? createHmac(method, secret).update(bytes).digest('hex') === given : null,
        at: Date.now(),
      })
      outgoing.writeHead(204).end()
    })
  })
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  return {
    url: `http://127.0.0.1:${port}/`,
    received,
    questions,
    async [Symbol.asyncDispose]() {
      server.closeAllConnections()
      await new Promise(resolve => server.close(resolve))
    },
  }
}

/** Finds hub and self in the Link header, as any subscriber does, and asks to be told. */
export async function subscribeTo(feed: string, callback: string, fields: Record<string, string> = {}) {
  const link = (await fetch(feed, { method: 'HEAD' })).headers.get('link') ?? ''
  const find = (rel: string) => new RegExp(`<([^>]+)>; rel="${rel}"`).exec(link)?.[1]
  const body = new URLSearchParams({
    'hub.mode': 'subscribe',
    'hub.callback': callback,
    'hub.topic': find('self') ?? '',
    ...fields,
  })
  const answer = await fetch(find('hub')!, { method: 'POST', body })
  return { status: answer.status, text: await answer.text(), topic: find('self')! }
}
