import { execFileSync } from 'node:child_process'
import {
  chmodSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readlinkSync,
  renameSync,
  rmSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { afterEach, beforeEach, expect, test, vi } from 'vitest'
import { isSourceError } from '../../src/model/source.ts'
import { folderSource, presetFolder } from '../../src/source/folder.ts'

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'broadsheet-folder-'))
})
afterEach(() => rmSync(folder, { recursive: true, force: true }))

function write(path: string, text = path) {
  mkdirSync(dirname(join(folder, path)), { recursive: true })
  writeFileSync(join(folder, path), text)
}
const list = () => folderSource(folder).list()
const paths = async () => (await list()).files.map(file => file.path)
const asRoot = process.getuid?.() === 0

test('every file is listed, by UTF-16 code units, with its size', async () => {
  for (const path of ['b.md', 'a/z.md', 'B.md', 'a.md', 'é.md', '\u{1f600}.md', '\uffee.md']) write(path)
  expect(await paths()).toEqual(['B.md', 'a.md', 'a/z.md', 'b.md', 'é.md', '\u{1f600}.md', '\uffee.md'])
  expect((await list()).files[0]?.size).toBe(4)
})

test('hidden files, node_modules and our own output are ignored and counted', async () => {
  write('a.md')
  write('.hidden.md')
  write('.git/config')
  write('node_modules/x/readme.md')
  write('out/.broadsheet-output', '')
  write('out/index.html')
  expect(await list()).toMatchObject({ files: [{ path: 'a.md' }], refused: [], ignored: 4 })
})

test('a folder named in settings as output root is still read when it is the folder itself', async () => {
  write('.broadsheet-output', '')
  write('a.md')
  expect(await paths()).toEqual(['a.md'])
})

test('links that leave the folder are refused, links inside are followed, circles end', async () => {
  const elsewhere = mkdtempSync(join(tmpdir(), 'broadsheet-elsewhere-'))
  writeFileSync(join(elsewhere, 'secret.md'), 'secret')
  write('a.md')
  symlinkSync(join(elsewhere, 'secret.md'), join(folder, 'leaves.md'))
  symlinkSync(elsewhere, join(folder, 'leaves-too'))
  symlinkSync('a.md', join(folder, 'stays.md'))
  symlinkSync('.', join(folder, 'circle'))
  symlinkSync('nowhere', join(folder, 'broken.md'))
  try {
    expect(await list()).toMatchObject({
      files: [{ path: 'a.md' }, { path: 'stays.md' }],
      refused: [
        { path: 'broken.md', reason: 'unreadable' },
        { path: 'circle', reason: 'link', folder: '' },
        { path: 'leaves-too', reason: 'outside', folder: true },
        { path: 'leaves.md', reason: 'outside' },
      ],
      ignored: 0,
    })
    await expect(folderSource(folder).read('leaves.md')).rejects.toMatchObject({ reason: 'outside' })
    await expect(folderSource(folder).read('leaves-too/secret.md')).rejects.toMatchObject({
      reason: 'outside',
    })
    expect(new TextDecoder().decode(await folderSource(folder).read('stays.md'))).toBe('a.md')
  } finally {
    rmSync(elsewhere, { recursive: true })
  }
})

test('a folder whose name begins with the publication folder is outside it', async () => {
  const neighbour = `${folder}-neighbour`
  mkdirSync(neighbour)
  writeFileSync(join(neighbour, 'x.md'), 'x')
  symlinkSync(join(neighbour, 'x.md'), join(folder, 'x.md'))
  try {
    expect((await list()).refused).toEqual([{ path: 'x.md', reason: 'outside' }])
  } finally {
    rmSync(neighbour, { recursive: true })
  }
})

test.each(['../x', 'a/../../x', '/etc/passwd', 'a//b', './a', '', 'a\0b', '..\\x'])(
  '%j is never read',
  async path => {
    write('a.md')
    const failure = await folderSource(folder)
      .read(path)
      .catch(error => error)
    expect(isSourceError(failure)).toBe(true)
    expect(failure.reason).toBe('outside')
  },
)

test('a file that vanished is unreadable, a pipe is refused by name, not waited for', async () => {
  await expect(folderSource(folder).read('gone.md')).rejects.toMatchObject({
    name: 'SourceError',
    reason: 'unreadable',
    message: "gone.md can't be read (ENOENT)",
  })
  execFileSync('mkfifo', [join(folder, 'pipe.md')])
  expect(await list()).toMatchObject({ files: [], refused: [{ path: 'pipe.md', reason: 'special' }] })
  await expect(folderSource(folder).read('pipe.md')).rejects.toMatchObject({ reason: 'unreadable' })
})

test.skipIf(asRoot)('a directory nobody may open is refused by name (root may open everything)', async () => {
  write('closed/a.md')
  chmodSync(join(folder, 'closed'), 0)
  expect((await list()).refused).toEqual([{ path: 'closed', reason: 'unreadable', folder: true }])
  chmodSync(join(folder, 'closed'), 0o700)
})

test('a folder that is not there is an error of ours', async () => {
  await expect(folderSource(join(folder, 'nowhere')).list()).rejects.toMatchObject({ name: 'SourceError' })
})

test('the stamp changes with the content and stays without', async () => {
  write('a.md', 'one')
  const stamp = async () => (await list()).files[0]?.stamp
  const first = await stamp()
  expect(await stamp()).toBe(first)
  write('a.md', 'two')
  expect(await stamp()).not.toBe(first)
})

test('a part of a file, and only of the file that was listed', async () => {
  write('a.mp3', '0123456789')
  const source = folderSource(folder)
  const { stamp } = (await list()).files[0]!
  const text = async (start: number, end: number) =>
    new TextDecoder().decode(await source.read('a.mp3', { range: { start, end }, stamp }))
  expect(await text(2, 4)).toBe('234')
  expect(await text(8, 100)).toBe('89')
  write('a.mp3', '012345678X')
  await expect(text(2, 4)).rejects.toMatchObject({ reason: 'changed' })
})

test('a file that another took the place of has changed, and the other can be read', async () => {
  write('a.mp3', '0123456789')
  write('b.mp3', 'abcdefghij')
  const source = folderSource(folder)
  const range = { start: 0, end: 3 }
  const { stamp } = (await list()).files[0]!
  await source.read('a.mp3', { range, stamp })
  renameSync(join(folder, 'b.mp3'), join(folder, 'a.mp3'))
  await expect(source.read('a.mp3', { range, stamp })).rejects.toMatchObject({ reason: 'changed' })
  const other = await source.read('a.mp3', { range, stamp: (await list()).files[0]!.stamp })
  expect(new TextDecoder().decode(other)).toBe('abcd')
})

test('what could not be opened once is opened again', async () => {
  write('sounds/a.mp3', '0123456789')
  const source = folderSource(folder)
  const part = { range: { start: 0, end: 3 }, stamp: (await list()).files[0]!.stamp }
  renameSync(join(folder, 'sounds'), join(folder, 'elsewhere'))
  await expect(source.read('sounds/a.mp3', part)).rejects.toMatchObject({ reason: 'unreadable' })
  renameSync(join(folder, 'elsewhere'), join(folder, 'sounds'))
  expect(await source.read('sounds/a.mp3', part)).toHaveLength(4)
})

test.runIf(process.platform === 'linux')('files that parts are read of are closed again', async () => {
  const open = () =>
    readdirSync('/proc/self/fd').filter(number => {
      try {
        return readlinkSync(`/proc/self/fd/${number}`).startsWith(folder)
      } catch {
        return false
      }
    }).length
  for (let number = 0; number < 40; number++) write(`${number}.mp3`, '0123456789')
  const source = folderSource(folder)
  const { files } = await list()
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  try {
    await Promise.all(
      files.map(({ path, stamp }) => source.read(path, { range: { start: 0, end: 3 }, stamp })),
    )
    expect(open()).toBeGreaterThan(0)
    expect(open()).toBeLessThanOrEqual(16)
    vi.runAllTimers()
    await vi.waitUntil(() => open() === 0)
  } finally {
    vi.useRealTimers()
  }
})

test('presets see names that come and go, however soon, and do not have them listed again in between', async () => {
  let now = Date.now() + 60_000
  const seen = presetFolder(folder, () => now)
  mkdirSync(join(folder, 'posts'))
  writeFileSync(join(folder, 'posts/a.md'), '')
  const first = await seen.names('posts')
  expect(first).toEqual(['a.md'])
  expect(await seen.names('posts')).toBe(first)
  writeFileSync(join(folder, 'posts/a.md'), 'other')
  expect(await seen.names('posts')).toBe(first)
  writeFileSync(join(folder, 'posts/b.md'), '')
  expect(await seen.names('posts')).toEqual(['a.md', 'b.md'])
  // What was looked at in the moment of a change may be followed by another of the same time.
  now = Date.now()
  writeFileSync(join(folder, 'posts/c.md'), '')
  const moment = new Date(Math.floor(now / 1000) * 1000)
  utimesSync(join(folder, 'posts'), moment, moment)
  const third = await seen.names('posts')
  expect(await seen.names('posts')).toBe(third)
  writeFileSync(join(folder, 'posts/d.md'), '')
  utimesSync(join(folder, 'posts'), moment, moment)
  now += 100
  expect(await seen.names('posts')).toEqual(['a.md', 'b.md', 'c.md', 'd.md'])
  expect(await seen.names('../')).toEqual([])
})
