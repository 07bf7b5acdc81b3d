import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, watch, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseLedger } from '../../src/catalog/ledger-text.ts'
import { ledgerFile } from '../../src/runtimes/node/ledger-file.ts'
import { madeUpText, randomNumbers } from './folders.ts'
import { programFile } from './program-file.ts'

export interface KilledBuilds {
  /** Builds that were killed before they were done. */
  killed: number
  /** Of these, while the new ledger was being written beside the former one. */
  whileWriting: number
  failures: string[]
}

/**
 * Builds a folder again and again, each time after some work on it, and kills the process, until `count` were killed:
 * every second one at a random moment, the others as soon as they begin to write the ledger. After each the ledger has to
 * be whole, with every id it had.
 */
export async function killBuilds(options: {
  count: number
  articles: number
  seed: number
}): Promise<KilledBuilds> {
  const random = randomNumbers(options.seed)
  const home = mkdtempSync(join(tmpdir(), 'broadsheet-kills-'))
  const [folder, out] = [join(home, 'articles'), join(home, 'out')]
  mkdirSync(folder)
  const write = (number: number) =>
    writeFileSync(
      join(folder, `${number}.md`),
      `---\ntitle: Article ${number}\ndate: 2026-01-01\n---\n${madeUpText(random, 40)}\n`,
    )
  const build = () =>
    spawn(process.execPath, [programFile, 'build', folder, '--out', out], { stdio: 'ignore' })
  writeFileSync(
    join(folder, 'broadsheet.toml'),
    'title = "Test"\nurl = "https://example.org/"\ntimezone = "UTC"\n',
  )
  for (let number = 0; number < options.articles; number++) write(number)

  const result: KilledBuilds = { killed: 0, whileWriting: 0, failures: [] }
  try {
    const started = performance.now()
    if ((await ended(build())) !== 0) result.failures.push('the first build failed')
    const duration = performance.now() - started
    let ids = idsOf(folder)
    let rounds = 0
    // Some are done before the blow falls: they do not count, but nor do they go on for ever.
    for (; result.killed < options.count && rounds < options.count * 3; rounds++) {
      const round = rounds
      for (let edits = 0; edits < 5; edits++) write(Math.floor(random() * options.articles))
      write(options.articles + round)
      const child = build()
      const written =
        round % 2 === 0 ? killAt(child, random() * duration) : killAtFirstByte(child, folder, random() * 8)
      const code = await ended(child)
      written.stop()
      if (code !== 0) result.killed++
      const left = readdirSync(folder).filter(name => name.startsWith(`.${ledgerFile}`))
      if (left.length > 0) result.whileWriting++
      for (const name of left) rmSync(join(folder, name))
      try {
        const now = idsOf(folder)
        const lost = [...ids].filter(id => !now.has(id))
        if (lost.length > 0) result.failures.push(`round ${round}: ${lost.length} ids are lost, ${lost[0]}`)
        ids = now
      } catch (error) {
        result.failures.push(`round ${round}: ${(error as Error).message}`)
        return result
      }
    }
    if ((await ended(build())) !== 0) result.failures.push('the last build failed')
    const present = idsOf(folder)
    for (let number = 0; number < options.articles + rounds; number++)
      if (!present.has(`tag:example.org,2026:file/${number}.md`))
        result.failures.push(`${number}.md has another id`)
    return result
  } finally {
    rmSync(home, { recursive: true })
  }
}

/** @throws LedgerError where the ledger is not whole */
function idsOf(folder: string): Set<string> {
  return new Set(parseLedger(readFileSync(join(folder, ledgerFile), 'utf8')).entries.keys())
}

function ended(child: ChildProcess): Promise<number | null> {
  return new Promise(resolve => child.once('exit', resolve))
}

function killAt(child: ChildProcess, milliseconds: number) {
  const timer = setTimeout(() => child.kill('SIGKILL'), milliseconds)
  return { stop: () => clearTimeout(timer) }
}

/** The file beside the ledger appears when it begins to be written. */
function killAtFirstByte(child: ChildProcess, folder: string, milliseconds: number) {
  let timer: NodeJS.Timeout | undefined
  const watcher = watch(folder, (_, name) => {
    if (name?.startsWith(`.${ledgerFile}`)) timer ??= setTimeout(() => child.kill('SIGKILL'), milliseconds)
  })
  return {
    stop: () => {
      watcher.close()
      clearTimeout(timer)
    },
  }
}
