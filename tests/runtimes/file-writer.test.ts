import { mkdirSync, readFileSync } from 'node:fs'
import { pathToFileURL } from 'node:url'
import { expect, test } from 'vitest'
import { createFileWriter } from '../../src/runtimes/node/file-writer.ts'
import { temporaryFolder } from './command-line.ts'

/** More than all rooms hold; some are longer than a room, some are bytes. */
const files = Array.from({ length: 120 }, (_, n): [string, string | Uint8Array] => [
  `${n % 7}/${n}.txt`,
  n === 50 ? '長'.repeat(500_000) : n === 60 ? new Uint8Array(1_500_000).fill(7) : 'añ\ud800'.repeat(n * 700),
])

async function writeAll(folder: ReturnType<typeof temporaryFolder>, program?: URL) {
  const said: [string, boolean | string | undefined][] = []
  const writer = createFileWriter(3, program)
  try {
    for (const [name, contents] of files)
      await writer.put(folder.at(name), contents, outcome =>
        said.push([name, 'error' in outcome ? outcome.code : outcome.written]),
      )
    await writer.finish()
  } finally {
    writer.end()
  }
  return said
}

const everything = (value: boolean) => files.map(([name]) => [name, value])

function expectAllWritten(folder: ReturnType<typeof temporaryFolder>) {
  for (const [name, contents] of files)
    if (!readFileSync(folder.at(name)).equals(Buffer.from(contents as string))) expect.fail(name)
}

test('many files are written in their order, whatever their size, and only where they differ', async () => {
  using folder = temporaryFolder()
  expect(await writeAll(folder)).toEqual(everything(true))
  expectAllWritten(folder)
  expect(await writeAll(folder)).toEqual(everything(false))
})

test('what no file can be put in is told with its code, and costs no other', async () => {
  using folder = temporaryFolder()
  mkdirSync(folder.at('0/14.txt/x'), { recursive: true })
  expect(await writeAll(folder)).toEqual(files.map(([name]) => [name, name === '0/14.txt' ? 'EISDIR' : true]))
})

test.each([
  ['can not be started', "throw new Error('no')"],
  [
    'ends in the middle',
    "import { parentPort } from 'node:worker_threads'\nparentPort.once('message', () => process.exit())",
  ],
])('where a thread %s all is written here', async (_, text) => {
  using folder = temporaryFolder({ 'thread.mjs': text })
  expect(await writeAll(folder, pathToFileURL(folder.at('thread.mjs')))).toEqual(everything(true))
  expectAllWritten(folder)
})
