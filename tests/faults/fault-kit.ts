import { spawn, spawnSync } from 'node:child_process'
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { constants, tmpdir } from 'node:os'
import { dirname, join, relative } from 'node:path'
import { DatabaseSync } from 'node:sqlite'
import { programFile } from '../support/program-file.ts'

/*
 * The fault kit: a publication that was built once and edited since is built again while something fails; then once more without
 * faults. What must hold: the output had at every time each document in its former or its new form; in the end it is what a run
 * without faults makes of it, with the same ids; nothing is withdrawn that is in the folder, nothing is published that is withheld.
 */

export type Place = 'folder' | 'settings' | 'ledger' | 'state' | 'output'
export type Call = 'open' | 'read' | 'write' | 'sync' | 'rename'

export interface Fault {
  place: Place
  call: Call
  /** `EIO`. */
  error: keyof typeof constants.errno
  /** Which call fails, from 1, and how many from there. */
  from: number
  count: number
}

export type Edit = 'new' | 'known'

/** Every call that can fail in each place, by the errors it can fail with. */
export const faults: Omit<Fault, 'from' | 'count'>[] = [
  ...(['EIO', 'EMFILE', 'EACCES'] as const).map(error => ({
    place: 'folder' as const,
    call: 'open' as const,
    error,
  })),
  { place: 'folder', call: 'read', error: 'EIO' },
  { place: 'settings', call: 'open', error: 'EMFILE' },
  { place: 'settings', call: 'read', error: 'EIO' },
  ...(['EIO', 'EMFILE', 'EACCES', 'EROFS', 'ENOSPC'] as const).map(error => ({
    place: 'ledger' as const,
    call: 'open' as const,
    error,
  })),
  { place: 'ledger', call: 'read', error: 'EIO' },
  ...(['EIO', 'ENOSPC'] as const).map(error => ({ place: 'ledger' as const, call: 'write' as const, error })),
  { place: 'ledger', call: 'sync', error: 'EIO' },
  ...(['EIO', 'EACCES', 'ENOSPC', 'EROFS'] as const).map(error => ({
    place: 'ledger' as const,
    call: 'rename' as const,
    error,
  })),
  ...(['EIO', 'EMFILE', 'EACCES', 'ENOSPC', 'EROFS'] as const).map(error => ({
    place: 'state' as const,
    call: 'open' as const,
    error,
  })),
  { place: 'state', call: 'read', error: 'EIO' },
  ...(['EIO', 'ENOSPC'] as const).map(error => ({ place: 'state' as const, call: 'write' as const, error })),
  { place: 'state', call: 'sync', error: 'EIO' },
  ...(['EIO', 'EMFILE', 'EACCES', 'ENOSPC', 'EROFS'] as const).map(error => ({
    place: 'output' as const,
    call: 'open' as const,
    error,
  })),
  { place: 'output', call: 'read', error: 'EIO' },
  ...(['EIO', 'ENOSPC'] as const).map(error => ({ place: 'output' as const, call: 'write' as const, error })),
  ...(['EIO', 'EACCES', 'ENOSPC', 'EROFS'] as const).map(error => ({
    place: 'output' as const,
    call: 'rename' as const,
    error,
  })),
]

export interface FaultKit {
  /**
   * Builds while a fault comes, then without. `hit`: whether the fault came at all. `wrong`: in words, empty where all is well.
   * @param edit `new`: an article is new. `known`: one is renamed and one reworded, so that nothing asks for an id. @default 'new'
   */
  underFault(fault: Fault, edit?: Edit): Promise<{ hit: boolean; wrong: string[] }>
  /** Builds when the state has forgotten the texts of what it remembers reading, as another program may make it. */
  underLostTexts(): Promise<string[]>
  /** Builds while somebody holds the state's databases, for longer than anybody waits. */
  underLock(): Promise<string[]>
  /** Builds three times at once. */
  atOnce(): Promise<string[]>
  /** Builds after an edit, killed after some of the time it takes, up to four times one after the other; then makes it good, and again. */
  underKills(times: number, random: () => number): Promise<string[]>
  [Symbol.dispose](): void
}

/** Seconds since 1970: when the folder is built for the first time, and whenever it is after its edit. */
const firstTime = '1770000000'
const secondTime = '1770086400'

/** A folder after an edit. */
interface World {
  place: string
  edit(place: string): void
  /** The output that it is to be, and the same without what is new. */
  wanted: Map<string, string>
  partly: Map<string, string>
  ledger: string
}

const withheld = 'nobody-may-read-this'
const article = (title: string, text: string, more = '') =>
  `---\ntitle: ${title}\ndate: 2026-01-0${title.length}\n${more}---\n\n${text} ${`${title.toLowerCase()} `.repeat(20)}\n`

/** @returns null where no compiler is installed */
export async function createFaultKit(): Promise<FaultKit | null> {
  const home = mkdtempSync(join(tmpdir(), 'broadsheet-faults-'))
  const shim = join(home, 'fault-shim.so')
  const source = join(import.meta.dirname, 'fault-shim.c')
  const compiled = spawnSync('cc', ['-shared', '-fPIC', '-O1', '-o', shim, source, '-ldl'], {
    encoding: 'utf8',
  })
  if (compiled.error) {
    rmSync(home, { recursive: true })
    return null
  }
  if (compiled.status !== 0) throw new Error(compiled.stderr)

  const built = (place: string, env: Record<string, string> = {}, killAfter: number | null = null) =>
    build(place, { LD_PRELOAD: shim, FAULT_TIME: secondTime, ...env }, killAfter)
  const template = join(home, 'template')
  writeFolder(template)
  await built(template, { FAULT_TIME: firstTime })
  const former = { output: outputOf(template), ledger: ledgerOf(template) }
  const worlds = { new: await worldOf('new', edit), known: await worldOf('known', editKnown) }

  /** A folder after an edit, and what a build without faults makes of it. */
  async function worldOf(name: Edit, edit: (place: string) => void) {
    const place = join(home, name)
    cpSync(template, place, { recursive: true, preserveTimestamps: true })
    edit(place)
    const whole = copyOf(place, `${name}-whole`)
    const first = await built(whole)
    if (first.exitCode !== 0) throw new Error(`A build without faults fails: ${first.said}`)
    // What nobody has ever read may be missing where it can't be read yet: all else is the new publication.
    const withoutNew = copyOf(place, `${name}-without-new`)
    rmSync(join(withoutNew, 'in/new.md'), { force: true })
    await built(withoutNew)
    return { place, edit, wanted: outputOf(whole), ledger: ledgerOf(whole), partly: outputOf(withoutNew) }
  }
  let count = 0

  function copyOf(original: string, name: string): string {
    const place = join(home, name)
    cpSync(original, place, { recursive: true, preserveTimestamps: true })
    return place
  }

  /** What is wrong with an output that a disturbed run left. */
  function during(place: string, run: Run | null, { wanted, partly, ...world }: World): string[] {
    const wrong: string[] = []
    const output = outputOf(place)
    for (const [path, text] of former.output)
      if (wanted.has(path) && !output.has(path)) wrong.push(`${path} is lost`)
      else if (output.has(path) && ![text, wanted.get(path), partly.get(path)].includes(output.get(path)))
        wrong.push(`${path} is neither the former nor the new one`)
    for (const [path, text] of output)
      if (!former.output.has(path) && text !== wanted.get(path) && text !== partly.get(path))
        wrong.push(`${path} is none of this publication, or half of one`)
    const isNew = [...output].some(([path, text]) => text !== former.output.get(path))
    if (isNew && former.ledger !== world.ledger && ledgerOf(place) === former.ledger)
      wrong.push('something was published that the ledger does not know')
    if (run?.said.includes('ENOSPC') && !/the disk is full|room on the disk/.test(run.said))
      wrong.push(`a full disk is named by its code alone: ${run.said.split('\n')[0]}`)
    if (run?.signal) wrong.push(`it ended by ${run.signal}`)
    if (run && /\n {4}at /.test(run.said)) wrong.push(`a stack trace: ${run.said.split('\n')[0]}`)
    return wrong
  }

  /** What is wrong when a run without faults has come after it. */
  async function after(place: string, { wanted, ledger: known }: World): Promise<string[]> {
    const { exitCode, said } = await built(place)
    if (exitCode !== 0) return [`the next build fails (${exitCode}): ${said.split('\n').slice(-3).join(' ')}`]
    const wrong: string[] = []
    const output = outputOf(place)
    for (const [path, text] of wanted)
      if (!output.has(path)) wrong.push(`in the end ${path} is missing`)
      else if (output.get(path) !== text) wrong.push(`in the end ${path} is another`)
    for (const path of output.keys()) if (!wanted.has(path)) wrong.push(`in the end there is ${path}`)
    const ledger = ledgerOf(place)
    if (ledger !== known) wrong.push(`in the end the ledger says ${ledger} in place of ${known}`)
    return wrong
  }

  async function disturbed(
    work: (place: string) => Promise<Run | null>,
    world: World = worlds.new,
    state: 'cold' | 'warm' = 'cold',
  ): Promise<string[]> {
    const place = copyOf(state === 'cold' ? world.place : template, `case-${count++}`)
    try {
      // What is remembered hangs on where the folder lies, and on the very files.
      if (state === 'warm') {
        await built(place, { FAULT_TIME: firstTime })
        world.edit(place)
      }
      const run = await work(place)
      return [...during(place, run, world), ...(await after(place, world)), ...leaks(place)]
    } finally {
      rmSync(place, { recursive: true, force: true })
    }
  }

  return {
    async underFault(fault, edit = 'new') {
      let hit = false
      const work = async (place: string) => {
        const run = await built(place, environmentOf(fault, place))
        hit = existsSync(join(place, 'hit'))
        return run
      }
      // A state that is there already is not waited for until it is on the disk.
      const isWarm = fault.place === 'state' && fault.call !== 'sync'
      const wrong = await disturbed(work, worlds[edit], isWarm ? 'warm' : 'cold')
      return { hit, wrong }
    },
    underLostTexts: () =>
      disturbed(
        async place => {
          for (const file of databasesOf(place)) {
            using database = new DatabaseSync(file)
            if (database.prepare("SELECT 1 FROM sqlite_master WHERE name = 'bodies'").get())
              database.exec('DELETE FROM bodies')
          }
          return built(place)
        },
        worlds.new,
        'warm',
      ),
    underLock: () =>
      disturbed(
        async place => {
          const held = databasesOf(place).map(file => {
            const database = new DatabaseSync(file)
            database.exec('BEGIN EXCLUSIVE')
            return database
          })
          const run = await built(place)
          for (const database of held) database.close()
          return run
        },
        worlds.new,
        'warm',
      ),
    atOnce: () =>
      disturbed(async place => {
        const runs = await Promise.all([built(place), built(place), built(place)])
        return runs.find(({ signal, said }) => signal || /\n {4}at /.test(said)) ?? runs[0]!
      }),
    async underKills(times, random) {
      const start = performance.now()
      await built(copyOf(worlds.new.place, `timing-${count++}`))
      const takes = performance.now() - start
      const wrong: string[] = []
      for (let kill = 0; kill < times && wrong.length === 0; )
        wrong.push(
          ...(await disturbed(async place => {
            // What a killed run left is what the next one, killed too, begins with.
            for (let inRow = 1 + Math.floor(random() * 4); inRow > 0 && kill < times; inRow--, kill++) {
              await built(place, {}, random() * takes * 1.1)
              wrong.push(...during(place, null, worlds.new))
            }
            return null
          })),
        )
      return wrong
    },
    [Symbol.dispose]: () => rmSync(home, { recursive: true, force: true }),
  }
}

function writeFolder(place: string): void {
  const files = {
    'broadsheet.toml':
      'title = "Faults"\nurl = "https://news.example.org/"\ntimezone = "UTC"\nauthors = ["Broadsheet"]\ntombstones = true\n',
    'a.md': article('A', 'The first of them. ![Picture](pictures/a.png)', 'tags: [one]\n'),
    'bb.md': article('Bb', 'The second, quite another.', 'tags: [one, two]\n'),
    'sub/ccc.md': article('Ccc', 'A third in a folder below.'),
    'sub/dddd.md': article('Dddd', 'It will be removed by hand.'),
    'page.txt':
      'A page of text\n2 January 2026\nBy Broadsheet\n\nThis one has no markup at all. It goes on for a while, as pages do.\n',
    'draft.md': article('Eeeee', withheld, 'draft: true\n'),
    'pictures/a.png': 'not a picture, but bytes all the same',
  }
  for (const [path, text] of Object.entries(files)) write(join(place, 'in', path), text)
  mkdirSync(join(place, 'state'))
}

/** An article is new, one has other words, one has another name, one is gone. */
function edit(place: string): void {
  write(join(place, 'in/new.md'), article('Ffffff', 'Nobody knew this one before.'))
  write(
    join(place, 'in/bb.md'),
    article('Bb', 'The second, in other words than before.', 'tags: [one, two]\n'),
  )
  rmSync(join(place, 'in/sub/dddd.md'))
}

/** One has another name, and nothing is new. */
function editKnown(place: string): void {
  renameSync(join(place, 'in/sub/ccc.md'), join(place, 'in/sub/renamed.md'))
}

function write(path: string, text: string): void {
  mkdirSync(dirname(path), { recursive: true })
  writeFileSync(path, text)
}

/** Files of the state, of which there is one for each folder and program. */
function databasesOf(place: string): string[] {
  const state = join(place, 'state')
  const names = readdirSync(state).filter(name => name.endsWith('.sqlite'))
  if (names.length === 0) throw new Error('nothing is remembered')
  return names.map(name => join(state, name))
}

interface Run {
  exitCode: number | null
  signal: NodeJS.Signals | null
  said: string
}

/** Half of what a build takes is compiling; remembered outside the places where things fail, it is not done a thousand times. */
const compileCache = join(tmpdir(), 'broadsheet-faults-compiled')

/** Longer than any build of this size takes, on the slowest machine. */
const longest = 600_000

function build(place: string, env: Record<string, string>, killAfter: number | null): Promise<Run> {
  const child = spawn(
    process.execPath,
    [programFile, 'build', join(place, 'in'), '--out', join(place, 'out')],
    {
      env: {
        ...process.env,
        BROADSHEET_CACHE: join(place, 'state'),
        NODE_COMPILE_CACHE: compileCache,
        NO_COLOR: '1',
        ...env,
      },
      stdio: ['ignore', 'ignore', 'pipe'],
    },
  )
  let said = ''
  child.stderr.setEncoding('utf8').on('data', text => {
    said += text
  })
  const timer = setTimeout(() => child.kill(killAfter === null ? 'SIGTERM' : 'SIGKILL'), killAfter ?? longest)
  return new Promise(resolve =>
    child.on('close', (exitCode, signal) => {
      clearTimeout(timer)
      resolve({ exitCode, signal, said })
    }),
  )
}

function environmentOf({ place, call, error, from, count }: Fault, home: string): Record<string, string> {
  const inside = join(home, 'in')
  const [path, not] = {
    folder: [inside, 'broadsheet.'],
    settings: [`${inside}:broadsheet.toml`, ''],
    ledger: [`${inside}:broadsheet.ledger`, ''],
    state: [join(home, 'state'), ''],
    output: [join(home, 'out'), ''],
  }[place]
  return {
    FAULT_CALL: call,
    FAULT_PATH: path!,
    FAULT_NOT: not!,
    FAULT_ERRNO: String(constants.errno[error]),
    FAULT_FROM: String(from),
    FAULT_COUNT: String(count),
    FAULT_HIT: join(home, 'hit'),
  }
}

/** Documents by their path. */
function outputOf(place: string): Map<string, string> {
  const out = join(place, 'out')
  if (!existsSync(out)) return new Map()
  const files = readdirSync(out, { recursive: true, withFileTypes: true }).filter(
    entry => entry.isFile() && !entry.name.startsWith('.broadsheet-'),
  )
  return new Map(
    files.map(entry => {
      const path = join(entry.parentPath, entry.name)
      return [relative(out, path), readFileSync(path, 'latin1')]
    }),
  )
}

/** Ids, and where they are. */
function ledgerOf(place: string): string {
  const lines = readFileSync(join(place, 'in/broadsheet.ledger'), 'utf8').split('\n')
  const entries = lines.flatMap(line => {
    try {
      const { id, path, withdrawn } = JSON.parse(line)
      return id && path ? [`${id} ${path}${withdrawn ? ' withdrawn' : ''}`] : []
    } catch {
      return []
    }
  })
  return [...new Set(entries)].sort().join('; ')
}

const leaks = (place: string): string[] =>
  [...outputOf(place)].filter(([, text]) => text.includes(withheld)).map(([path]) => `${path} shows a draft`)
