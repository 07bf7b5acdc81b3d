import { spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, posix } from 'node:path'
import { describe, expect, test } from 'vitest'
import manifest from '../package.json' with { type: 'json' }
import { generatedTexts } from '../scripts/generated-texts.ts'
import { diagnosticCodes } from '../src/model/diagnostic-codes.ts'
import type { FeedSelection } from '../src/model/site.ts'
import { renderPublication } from '../src/publish/publication.ts'
import { createProgram } from '../src/runtimes/cli/program.ts'
import { serveSettingsTable } from '../src/settings/serve-settings.ts'
import { readSettings } from '../src/settings/settings.ts'
import { settingsTable, sourceSettingsTable } from '../src/settings/settings-table.ts'
import { broadsheet } from './runtimes/command-line.ts'
import { anArticle, exampleSite } from './support/articles.ts'

const root = join(import.meta.dirname, '..')
const read = (path: string) => readFileSync(join(root, path), 'utf8')
const pages = readdirSync(join(root, 'docs'), { recursive: true, encoding: 'utf8' })
  .filter(name => name.endsWith('.md'))
  .map(name => ({ name, text: read(`docs/${name}`) }))
const textOf = (name: string) => pages.find(page => page.name === name)!.text
const silent = {
  out() {},
  say() {},
  style: (_: unknown, text: string) => text,
  outStyle: (_: unknown, text: string) => text,
}

/** Blocks of code of one language, in every page and in the README. */
function blocks(language: string): { where: string; code: string; after: string }[] {
  return [...pages, { name: 'README.md', text: read('README.md') }].flatMap(({ name, text }) =>
    [...text.matchAll(new RegExp(`^\`\`\`${language}\n([\\s\\S]*?)^\`\`\`\n`, 'gm'))].map(match => ({
      where: `${name}, line ${text.slice(0, match.index).split('\n').length}`,
      code: match[1]!,
      after: text.slice(match.index + match[0].length),
    })),
  )
}

describe('what is made from the program is up to date (npm run docs:make)', () => {
  test.each(Object.entries(generatedTexts()))('%s', (path, text) => {
    expect(read(path)).toBe(text)
  })
})

describe('every entry is there', () => {
  const program = createProgram(silent, () => {})

  test('commands, arguments, options, environment variables', () => {
    const page = textOf('commands.md')
    for (const command of program.commands) {
      const [, section = ''] = page.split(`\n## ${command.name()}\n`)
      const entry = section.split('\n## ')[0]!
      for (const { flags } of command.options) expect(entry).toContain(`- \`${flags}\`: `)
      for (const argument of command.registeredArguments)
        expect(entry).toContain(`- \`${argument.name()}\`: `)
      expect(entry, `${command.name()} has an example`).toMatch(/```sh\n(?:source <\()?broadsheet /)
      for (const { envVar } of command.options) if (envVar) expect(page).toContain(`| \`${envVar}\` |`)
    }
  })

  test('settings: default, meaning, example', () => {
    const page = textOf('settings.md')
    for (const [key, { meaning, example }] of Object.entries({
      ...settingsTable,
      ...sourceSettingsTable,
      ...serveSettingsTable,
    })) {
      expect(page).toContain(`### \`${key}\`\n`)
      expect(page).toContain(meaning)
      expect(page).toContain(example)
    }
  })

  test('diagnostics: cause and cure, and none that does not exist', () => {
    const entries = [...textOf('diagnostics.md').matchAll(/^### `([\w-]+)`\n\nCause: .+\n\nCure: .+$/gm)]
    expect(entries.map(([, code]) => code).sort()).toEqual(Object.keys(diagnosticCodes).sort())
  })

  test('addresses: each of the published seeds, and each that is documented is somewhere', () => {
    const [, table = ''] = textOf('http.md').split('\n## Addresses\n')
    const rows = table
      .split('\n## ')[0]!
      .split('\n')
      .filter(line => line.startsWith('| `'))
    const patterns = rows.flatMap(row =>
      [...row.split('|')[1]!.matchAll(/`([^`]+)`/g)].map(match => match[1]!),
    )
    const matchers = patterns.map(
      pattern =>
        new RegExp(
          `^${pattern
            .replaceAll('.', '\\.')
            .replace('{kind}', '(?:tags|authors|sections|languages|feeds)')
            .replace('{number}', '\\d+')
            .replace('{path}', '.+')
            .replaceAll(/\{\w+\}/g, '[^/]+')}$`,
        ),
    )
    const golden = join(import.meta.dirname, 'golden')
    const paths = readdirSync(golden, { recursive: true, withFileTypes: true })
      .filter(entry => entry.isFile())
      .map(entry =>
        join(entry.parentPath, entry.name)
          .slice(golden.length)
          .replace(/index\.html$/, ''),
      )
    expect(paths.length).toBeGreaterThan(50)
    expect(paths.filter(path => !matchers.some(matcher => matcher.test(path)))).toEqual([])
    expect(patterns).toContain('/healthz')
    // What seeds/ does not have: archives, feeds of one's own making, media that no golden file repeats, players.
    const more = [...paths, ...furtherPaths(), '/healthz', '/media/image.png', '/embeds.js']
    expect(patterns.filter((_, at) => !more.some(path => matchers[at]!.test(path)))).toEqual([])
  })
})

describe('the map', () => {
  const map = read('ARCHITECTURE.md')
  const source = (path: string) => readFileSync(join(root, 'src', path), 'utf8')

  test('is read in ten minutes', () => {
    expect(map.split(/\s+/).filter(word => /[\p{L}\p{N}]/u.test(word)).length).toBeLessThanOrEqual(1500)
  })

  test('names files and functions that exist', () => {
    const named = [...map.matchAll(/`([\w./-]+\.ts)(?: (\w+))?`/g)].filter(
      ([, path]) => !path!.startsWith('tests/'),
    )
    expect(named.length).toBeGreaterThan(20)
    for (const [, path, name] of named)
      if (name)
        expect(source(path!), path).toMatch(
          new RegExp(`^export (?:async )?(?:function|const) ${name}\\b`, 'm'),
        )
      else expect(source(path!).length, path).toBeGreaterThan(0)
    const rooms = [...map.matchAll(/^([a-z-]+)\/ {2,}/gm)].map(([, room]) => room)
    expect(rooms.sort()).toEqual(
      readdirSync(join(root, 'src'), { withFileTypes: true })
        .filter(entry => entry.isDirectory())
        .map(({ name }) => name)
        .sort(),
    )
  })
})

describe('examples', () => {
  test.each(blocks('ts'))('$where runs, and prints what it says', ({ code, after }) => {
    // Inside the repository, so that packages are found; the names of our own are those of the sources.
    mkdirSync(join(root, '.broadsheet'), { recursive: true })
    const folder = mkdtempSync(join(root, '.broadsheet/example-'))
    const source = code
      .replaceAll("'broadsheet'", "'../../src/index.ts'")
      .replaceAll("'broadsheet/node'", "'../../src/runtimes/node.ts'")
    try {
      writeFileSync(join(folder, 'example.ts'), source)
      const { stdout, stderr } = spawnSync(process.execPath, ['example.ts'], {
        cwd: folder,
        encoding: 'utf8',
      })
      expect(stderr).toBe('')
      const [, expected] = /^\n*```text\n([\s\S]*?)```\n/.exec(after) ?? []
      expect(stdout).toBe(expected ?? '')
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  const commandLines = blocks('sh').flatMap(({ where, code }) =>
    code.split('\n').flatMap(line => {
      const found = /^(?:source <\()?(?:npm run -s )?broadsheet (?:-- )?([^#|>)]+)/.exec(line)
      return found ? [{ where, line, words: wordsOf(found[1]!.trim()) }] : []
    }),
  )
  test.each(commandLines)('$line ($where) is a command line', async ({ words }) => {
    const program = createProgram(silent, () => {})
    let run = ''
    for (const command of program.commands)
      command.action(() => {
        run = command.name()
      })
    await program.parseAsync(words, { from: 'user' })
    expect(run).toBe(words[0])
  })

  test.each(
    blocks('sh').flatMap(({ where, code }) =>
      [...code.matchAll(/npm run (?:-s )?([\w:-]+)/g)].map(match => ({ where, script: match[1]! })),
    ),
  )('npm run $script ($where) is there', ({ script }) =>
    expect(Object.keys(manifest.scripts)).toContain(script),
  )

  // A block that begins with another file's name is that program's.
  const ownSettings = blocks('toml').filter(({ code }) => !/^# (?!broadsheet\.toml)\S+\.toml$/m.test(code))
  test.each(ownSettings)('$where is valid', ({ code }) => {
    expect(readSettings(code).problems.map(({ message }) => message)).toEqual([])
  })

  test.each(pages)('links of $name lead to pages that are there', ({ name: page, text }) => {
    const targets = [...text.matchAll(/\]\(([\w-]+\.md)(?:#[\w-]+)?\)/g)].map(match => match[1]!)
    for (const target of targets)
      expect(pages.map(({ name }) => name)).toContain(posix.join(posix.dirname(page), target))
  })
})

/** The addresses of a publication with archives and a feed of its own making. */
function furtherPaths(): string[] {
  const article = anArticle({ tags: ['x'] })
  const feed = { name: 'F', slug: 'f', include: selection({ tags: ['x'] }), exclude: selection({}) }
  const archives = { all: 1, 'tag x': 1 }
  const entries = new Map([[article, { archives, formerAddresses: [] } as never]])
  const site = { ...exampleSite, feeds: [feed], styleFeeds: true }
  const options = { now: 0, source: null }
  return renderPublication(
    site,
    { articles: [article], entryOf: article => entries.get(article) },
    options,
  ).documents.map(({ path }) => path)
}

const selection = (some: Partial<FeedSelection>): FeedSelection => ({
  tags: [],
  authors: [],
  sections: [],
  languages: [],
  ...some,
})

/** The words of a line as a shell parts them; quotes only, as our examples need no more. */
function wordsOf(line: string): string[] {
  return [...line.matchAll(/"([^"]*)"|'([^']*)'|(\S+)/g)].map(match => (match[1] ?? match[2] ?? match[3])!)
}

test('the documentation is a publication that check finds nothing wrong with', async () => {
  const { exitCode, out } = await broadsheet(
    'check',
    join(root, 'docs'),
    '--json',
    '--url',
    'https://docs.example.org/',
  )
  const { totals, files } = JSON.parse(out)
  expect(
    files.flatMap(({ diagnostics }: { diagnostics: { severity: string }[] }) =>
      diagnostics.filter(({ severity }) => severity !== 'info'),
    ),
  ).toEqual([])
  expect([exitCode, totals.published]).toEqual([0, pages.length])
})

describe('deploy/', () => {
  const analyze = installedToolIfAny('systemd-analyze')
  test.skipIf(!analyze)('systemd accepts the unit, and finds little to harden', () => {
    const folder = mkdtempSync(join(root, '.broadsheet/unit-'))
    try {
      // What is not installed here stands in for what will be there.
      const unit = read('deploy/broadsheet.service')
        .replace('/usr/bin/node', process.execPath)
        .replace('User=broadsheet', 'User=daemon')
      const path = join(folder, 'broadsheet.service')
      writeFileSync(path, unit)
      const socket = join(folder, 'broadsheet.socket')
      writeFileSync(socket, read('deploy/broadsheet.socket'))
      const verified = spawnSync(analyze!, ['verify', '--man=no', path, socket], { encoding: 'utf8' })
      expect(`${verified.stderr}`.split('\n').filter(line => line.includes('broadsheet.'))).toEqual([])
      const security = spawnSync(analyze!, ['security', '--offline=true', '--threshold=20', path], {
        encoding: 'utf8',
      })
      expect(security.stdout).toMatch(/Overall exposure level for broadsheet\.service: (?:0\.\d|1\.[01]) OK/)
    } finally {
      rmSync(folder, { recursive: true })
    }
  })

  test('the image copies what there is, runs without rights, and gets signals', () => {
    const dockerfile = read('deploy/Dockerfile')
    const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(match =>
      match[1]!.split(' '),
    )
    for (const path of copied) expect(readdirSync(root)).toContain(path)
    for (const { files } of [manifest])
      for (const path of files) if (path !== 'dist') expect(copied).toContain(path)
    expect(dockerfile).toMatch(/^USER node$/m)
    expect(dockerfile).toMatch(/^ENTRYPOINT \["broadsheet"\]$/m)
    for (const [, name] of dockerfile.matchAll(/(BROADSHEET_\w+)=/g))
      expect(textOf('commands.md')).toContain(name!)
  })
})

/** systemd is a part of few CI images: its check is a gift where it is there. */
function installedToolIfAny(name: string): string | null {
  const { CI, ...env } = process.env
  const found = spawnSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8', env })
  mkdirSync(join(root, '.broadsheet'), { recursive: true })
  return found.stdout.trim() || null
}
