import { expect, test } from 'vitest'
import { broadsheet, temporaryFolder } from '../runtimes/command-line.ts'

interface Checked {
  path: string
  status: string
  article: { title: string; language: string; text: string; dropped: { line: number; text: string }[] }
  diagnostics: { code: string; line: number; message: string }[]
}
/** What `check` makes of files of text, by their paths. */
async function checked(files: Record<string, string>, settings = ''): Promise<Record<string, Checked>> {
  using folder = temporaryFolder({
    'broadsheet.toml': `url = "https://example.org/"\ntimezone = "UTC"\n${settings}`,
    ...files,
  })
  const { out } = await broadsheet('check', folder.path, '--json')
  return Object.fromEntries((JSON.parse(out).files as Checked[]).map(file => [file.path, file]))
}

test('the documented form keeps its headline once, however short the text is', async () => {
  const found = await checked({
    'plain.txt':
      '31 January 2026\n\nThe heron is back\n\nIt was seen on the towpath this morning by three people.\n\nThe keeper says it comes each winter.\n',
    'signed.txt':
      '31 January 2026\n\nLock closed\n\nBy Broadsheet\n\nThe gates will not open before Friday.\n',
  })
  expect(Object.values(found).map(({ article }) => [article.title, article.text])).toEqual([
    [
      'The heron is back',
      'It was seen on the towpath this morning by three people.\n\nThe keeper says it comes each winter.',
    ],
    ['Lock closed', 'The gates will not open before Friday.'],
  ])
})

test('the language is the publication’s, unless the text plainly says another', async () => {
  const of = (headline: string, text: string) => `31 January 2026\n\n${headline}\n\n${text}\n`
  const found = await checked(
    {
      'few.txt': of('Bilanz 2025', 'Broadsheet: 12 Artikel, 3 Feeds, 1 Leser.'),
      'names.txt': of('Drei Bauten', 'Le Corbusier, La Défense, Notre-Dame.'),
      'numbers.txt': of('Results', 'Lions 4, Tigers 2.'),
      'english.txt': of(
        'The heron is back',
        'It was seen on the towpath this morning by three people who told the keeper of the lock about it, and he says that it comes each winter.',
      ),
    },
    'language = "de"\n',
  )
  expect(Object.entries(found).map(([path, { article }]) => [path, article.language])).toEqual([
    ['english.txt', 'en'],
    ['few.txt', 'de'],
    ['names.txt', 'de'],
    ['numbers.txt', 'de'],
  ])
})

test('formulae and code are in no language', async () => {
  const sums = [
    'The sum $\\sum_{i=1}^{n} i = \\frac{n(n+1)}{2}$ and the product $\\prod_{k=0}^{m} x_k$.',
    '$$\\int_{x=0}^{1} f(x)\\,dx \\qquad \\lim_{n=1} a_n \\qquad \\bigcup_{j=2} A_j$$',
    'A set `code`{x=1} and a *word*{y=2} and (parenthesis){z=3}.',
    'Double braces: $\\mathbf{{x}}$, $\\frac{{a}}{{b}}$ and {%w%}.',
  ].join('\n\n')
  const code = `Bis Montag.\n\n\`\`\`python\n${'if this is not in that and it was from the list:\n'.repeat(9)}\`\`\`\n`
  const found = await checked(
    { 'code.md': `# Code\n\n${code}`, 'sums.md': `# Sums\n\n${sums}\n` },
    'language = "de"\n',
  )
  expect(Object.entries(found).map(([path, { article }]) => [path, article.language])).toEqual([
    ['code.md', 'de'],
    ['sums.md', 'de'],
  ])
})

/** Words of one article only. */
const own = (at: number, more = '') =>
  `On day ${at} the club met and spoke of its ${at * 7919} boats, of which ${at} were new${more}.`

test('a paragraph that files share stays in each of them; a line that goes as the page’s is said', async () => {
  const shared = 'The rowing club welcomes everybody who likes the river and has two arms to row with.'
  const files = Object.fromEntries(
    [1, 2, 3, 4, 5, 6].map(at => [
      `${at}.txt`,
      [
        `${at} March 2026`,
        `Meeting ${at} of the rowing club`,
        own(at),
        shared,
        'Share on Facebook',
        'Download our app today',
        own(at, ', as the keeper said'),
      ].join('\n\n'),
    ]),
  )
  for (const [path, { article, diagnostics }] of Object.entries(await checked(files))) {
    expect([path, article.text]).toEqual([path, expect.stringContaining(shared)])
    expect(article.text).not.toContain('app')
    expect(article.dropped.map(({ line, text }) => [line, text])).toEqual([
      [9, 'Share on Facebook'],
      [11, 'Download our app today'],
    ])
    expect(
      diagnostics
        .filter(({ code }) => code === 'text-boilerplate')
        .map(({ line, message }) => [line, message]),
    ).toEqual([[11, '"Download our app today" stands amid the text and is taken as the page\'s own.']])
  }
})

test('a file of nothing but what the others say, too, is an article; one of nothing but a page’s own lines is said to have none', async () => {
  const notice = [
    'The rowing club welcomes everybody who likes the river and has two arms to row with.',
    'The boathouse stands below the lock, and is open on the first Saturday of each month.',
  ]
  const files = Object.fromEntries(
    [1, 2, 3, 4, 5, 6].map(at => [
      `${at}.txt`,
      [`${at} March 2026`, `Meeting ${at} of the club`, ...(at === 6 ? [] : [own(at)]), ...notice].join(
        '\n\n',
      ),
    ]),
  )
  const found = await checked({ ...files, 'frame.txt': 'Share on Facebook\n\nAll rights reserved\n' })
  expect(found['6.txt']!.article.text).toBe(notice.join('\n\n'))
  const frame = found['frame.txt']!
  expect([frame.status, frame.diagnostics.map(({ code }) => code)]).toEqual(['rejected', ['file-no-body']])
})
