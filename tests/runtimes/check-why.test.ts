import { symlinkSync } from 'node:fs'
import { expect, test } from 'vitest'
import { broadsheet, datedArticle, temporaryFolder } from './command-line.ts'

const page = [
  'Home',
  'The old bridge is repaired before the winter comes',
  'By Martin Broadsheet',
  '05/11/2023',
  'The council decided on Monday evening, after two hours, to have the old bridge repaired before the winter.',
  'Nobody spoke against the plan. The costs are given as forty thousand, and the work shall take six weeks.',
  'The bridge is a hundred years old, and has been closed to lorries since a crack was found in a pier.',
  'Share on Facebook',
].join('\n\n')

test('what each line of a text was taken for, and why, as a picture', async () => {
  using folder = temporaryFolder({ 'news/a.txt': page, 'news/b.txt': page.replace('05/11', '25/11') })
  const { exitCode, out } = await broadsheet('check', folder.path, '--why', 'news/a.txt')
  expect(exitCode).toBe(0)
  expect(out).toMatch(/^ {2}title +The old bridge .* text, line 3/m)
  // The file beside it proves the order of day and month.
  expect(out).toMatch(/^ {2}published +2023-11-05/m)
  expect(out).toMatch(/^ +1 dropped +Home .*over the headline$/m)
  expect(out).toMatch(/^ +5 byline +By Martin Broadsheet .*behind a word like "by"/m)
  expect(out).toMatch(/^ +7 date +05\/11\/2023 .*alone on its line/m)
  expect(out).toMatch(/^ +9 body +The council .*\n +… 2 lines more$/m)
  expect(out).toMatch(/^ +15 dropped +Share on Facebook/m)
})

test('the same for programs, every line with its role', async () => {
  using folder = temporaryFolder({ 'a.txt': page })
  const { out } = await broadsheet('check', folder.path, '--why', folder.at('a.txt'), '--json')
  const { path, format, lines } = JSON.parse(out)
  expect([path, format]).toEqual(['a.txt', 'page-text'])
  expect(lines.map(({ line, role }: { line: number; role: string }) => [line, role])).toEqual([
    [1, 'dropped'],
    [3, 'title'],
    [5, 'byline'],
    [7, expect.any(String)],
    [9, 'body'],
    [11, 'body'],
    [13, 'body'],
    [15, 'dropped'],
  ])
})

test('a format that says itself what is what has its fields explained, and a file that is none a hint', async () => {
  using folder = temporaryFolder({ 'bridge.md': datedArticle('A bridge') })
  const { out } = await broadsheet('check', folder.path, '--why', 'bridge.md')
  expect(out).toMatch(/^ {2}title +A bridge +front-matter, line 2$/m)
  const { exitCode, said } = await broadsheet('check', folder.path, '--why', 'brigde.md')
  expect([exitCode, said]).toEqual([2, expect.stringContaining('Did you mean bridge.md?')])
})

test.each([
  ['a link out of the folder', '../secret.txt', 'file-outside', 'This link leads out of the folder.'],
  [
    'a link to nothing',
    'nowhere.txt',
    'file-unreadable',
    'This file cannot be read: it is a link to nothing',
  ],
])('%s is explained as check does, with its exit code', async (_, target, reason, message) => {
  using place = temporaryFolder({ 'secret.txt': 'secret', 'news/a.txt': page })
  symlinkSync(target, place.at('news/link.txt'))
  const { exitCode, out } = await broadsheet('check', place.at('news'), '--why', 'link.txt')
  expect(exitCode).toBe(1)
  expect(out).toContain(`link.txt rejected: ${reason}\n  ${message}`)
  expect(out).not.toContain('secret')
  const asked = await broadsheet('check', place.at('news'), '--why', 'link.txt', '--json')
  const { lines, diagnostics } = JSON.parse(asked.out)
  expect([asked.exitCode, lines, diagnostics]).toEqual([
    1,
    null,
    [expect.objectContaining({ code: reason, severity: 'error' })],
  ])
  // It costs no other file its explanation.
  expect((await broadsheet('check', place.at('news'), '--why', 'a.txt')).exitCode).toBe(0)
})
