import { createReaderApp } from '../../http/app.ts'
import type { PresetName } from '../../model/preset.ts'
import { createMemoryStore } from '../../store/memory.ts'
import { captures } from '../../text/captures.ts'
import { safeJson } from '../../text/escape.ts'
import { nodeCompressors, nodeDigest } from '../node/codings.ts'
import { CommandFailure, exitCodes } from './exit.ts'
import { folderPublisher } from './folder-publisher.ts'
import { ledgerFailure } from './ledger-messages.ts'
import { findFolder, loadSettings, type UrlOption } from './publication-folder.ts'
import type { Terminal } from './terminal.ts'
import { assertWordOrder } from './word-order.ts'

export interface GetOptions {
  include?: boolean
  head?: boolean
  json?: boolean
  header: string[]
  url: UrlOption | null
  preset?: PresetName
}

/** Prints one answer as a reader would get it, without a server. Exit code 1 where it is an error's. */
export async function get(
  path: string,
  named: string | undefined,
  options: GetOptions,
  terminal: Terminal,
): Promise<number> {
  assertWordOrder(['get', 'path'], [path, named], word => /^(?:\/|https?:)/i.test(word))
  const headers = new Headers(options.header.map(readHeader))
  const folder = findFolder(named)
  const { site } = await loadSettings(folder, options, terminal)
  const asked = pathOn(site.url, path)
  const store = createMemoryStore({ digest: nodeDigest, compress: nodeCompressors })
  const { publication } = await folderPublisher(folder, { say: terminal.say })
    .prepare(site)
    .catch(error => {
      throw ledgerFailure(error, folder)
    })
  await store.publish(publication)
  const app = createReaderApp({ store, basePath: '/' })
  const method = options.head ? 'HEAD' : 'GET'
  const answer = await app.request(asked, { method, headers })
  if (options.json) terminal.out(`${safeJson(await answerDocument(answer), 2)}\n`)
  else {
    if (options.include || options.head) terminal.out(headOf(answer))
    terminal.out(new Uint8Array(await answer.arrayBuffer()))
  }
  return answer.status < 400 ? exitCodes.ok : exitCodes.findings
}

/**
 * The path on the publication that is meant: as it is, below the path of its url, or with the whole address.
 * @throws CommandFailure where it is the address of something else
 */
function pathOn(siteUrl: string, asked: string): string {
  const base = new URL(siteUrl).pathname
  if (asked.startsWith(siteUrl)) return `/${asked.slice(siteUrl.length)}`
  if (/^https?:/i.test(asked))
    throw new CommandFailure(exitCodes.usage, `${asked} is not an address of the publication.`, {
      hint: `Its addresses begin with ${siteUrl}`,
    })
  if (!asked.startsWith('/'))
    throw new CommandFailure(exitCodes.usage, `${asked} is not a path on the publication.`, {
      hint: `Did you mean /${asked}?`,
    })
  return base !== '/' && asked.startsWith(base) ? asked.slice(base.length - 1) : asked
}

function readHeader(line: string): [string, string] {
  const parts = /^([!#$%&'*+.^_`|~\w-]+):\s*(.*)$/.exec(line)
  if (!parts)
    throw new CommandFailure(exitCodes.usage, `"${line}" is not a header.`, {
      hint: 'Write it like this: -H "Accept: text/html"',
    })
  return captures(parts, 2)
}

/** A body that is not UTF-8 (a picture, a compressed document) is given in base 64. */
async function answerDocument(answer: Response) {
  const bytes = new Uint8Array(await answer.arrayBuffer())
  const { status } = answer
  const headers = Object.fromEntries(answer.headers)
  try {
    return { status, headers, body: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes) }
  } catch {
    return { status, headers, bodyBase64: Buffer.from(bytes).toString('base64') }
  }
}

function headOf(answer: Response): string {
  const lines = [...answer.headers].map(([name, value]) => `${name}: ${value}`)
  return `${[answer.status, ...lines].join('\n')}\n\n`
}
