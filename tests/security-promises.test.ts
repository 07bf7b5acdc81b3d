import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'

const root = join(import.meta.dirname, '..')
const [, list = ''] =
  /## What Broadsheet promises\n([\s\S]*?)\nWhat it does not promise/.exec(
    readFileSync(join(root, 'SECURITY.md'), 'utf8'),
  ) ?? []
const promises = list.split(/^- /m).slice(1)

test('SECURITY.md makes promises', () => expect(promises.length).toBeGreaterThanOrEqual(14))

test.each(promises.map(text => [/\*\*(.*?)\*\*/.exec(text)?.[1] ?? '', text]))(
  'tests stand beside the promise "%s"',
  (name, text) => {
    const named = [...text.matchAll(/\]\((tests\/[^)]+\.test\.ts)\)/g)].map(([, path]) => path ?? '')
    expect(named.length, name).toBeGreaterThan(0)
    for (const path of named) {
      expect([path, existsSync(join(root, path))]).toEqual([path, true])
    }
  },
)

/**
 * Where anything is asked of another machine: the client for strangers' servers, on Node with a short way for what it has let pass, that of
 * stores, and a look whether a socket is somebody's.
 */
const askers = [
  'runtimes/node/brief-request.ts',
  'runtimes/node/listening.ts',
  'runtimes/node/outgoing.ts',
  'runtimes/worker/edge-outgoing.ts',
  'store/s3-objects.ts',
]

const sources = readdirSync(join(root, 'src'), { recursive: true, encoding: 'utf8' }).filter(path =>
  path.endsWith('.ts'),
)
const textOf = (path: string) => readFileSync(join(root, 'src', path), 'utf8')

test('the short way is handed to the client that looks at addresses, and to nobody else', () => {
  const users = sources.filter(path => /from '[^']*\/brief-request\.ts'/.test(textOf(path)))
  expect(users).toEqual(['runtimes/node/hub-thread.ts'])
  expect(textOf('runtimes/node/hub-thread.ts').match(/askBriefly.*/g)).toEqual([
    "askBriefly } from './brief-request.ts'",
    'askBriefly })',
  ])
})

test('nothing else asks anything of another machine', () => {
  const asks =
    /(?<![.\w])fetch\((?!\w+: )|import \{[^}]*\b(?:request|get|connect|createConnection)\b[^}]*\} from 'node:(?:https?|http2|net|tls|dgram)'|WebSocket\(|undici/
  const found = sources.filter(path => {
    const code = textOf(path).replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '')
    return asks.test(code.replaceAll(/^\s*fetch\(\w+(?:: \w+)?.*\).*[{]?$/gm, ''))
  })
  expect(found.sort()).toEqual(askers)
})
