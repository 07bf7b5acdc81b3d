/**
 * Publishers that race to one bucket and are killed on the way: `node tests/fuzz/bucket-race.fuzz.ts [--publishers 4] [--generations 1000]
 * [--kills 100] [--seed N]`. Each works in a process of its own with the command `publish`, over one folder that all of them write, edit,
 * rename and delete in. Afterwards every generation is read whole: numbers without gap, each body what its name says, one id for each article
 * for ever, and what a publisher was told to be published is in the generation it was told. Prints what is not so; exits 1 then. Needs Ceph's
 * packages, or the bucket server that BROADSHEET_TEST_S3 names.
 */
import { type ChildProcess, spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { parseArgs } from 'node:util'
import { wasWithdrawn } from '../../src/model/ledger.ts'
import { openObjectPlace } from '../../src/runtimes/cli/object-place.ts'
import { broadsheet, datedArticle } from '../runtimes/command-line.ts'
import { bucketServer, makeBucket } from '../support/ceph-rgw.ts'
import { randomNumbers } from '../support/folders.ts'
import { storedGenerations } from '../support/stored-generations.ts'

const { values } = parseArgs({
  options: {
    publishers: { type: 'string', default: '4' },
    generations: { type: 'string', default: '1000' },
    kills: { type: 'string', default: '100' },
    seed: { type: 'string', default: String(Date.now() % 1_000_000) },
    /** Set in a publisher's own process: its name, the folder and the store. */
    as: { type: 'string' },
    folder: { type: 'string', default: '' },
    to: { type: 'string', default: '' },
  },
})

/** What a publisher says of one publication that it was told is there. */
interface Said {
  generation: number
  /** Of the article it had written, edited or renamed before. */
  title: string
}

async function publishForEver(name: string, folder: string, to: string, seed: number): Promise<never> {
  const random = randomNumbers(seed)
  for (let round = 0; ; round++) {
    const title = change(folder, `${name}-${seed}-${round}`, random)
    const { exitCode, out, said } = await broadsheet('publish', folder, '--to', to, '--json')
    if (exitCode === 0) {
      const { generation } = JSON.parse(out)
      process.stdout.write(`${JSON.stringify({ generation, title } satisfies Said)}\n`)
    } else process.stdout.write(`${JSON.stringify({ failed: said })}\n`)
  }
}

/** One change to one's own articles in the folder; the title of the article that must be published now, empty where one was deleted. */
function change(folder: string, token: string, random: () => number): string {
  const own = readdirSync(folder).filter(file => file.startsWith(`${token[0]}-`))
  const file = own[Math.floor(random() * own.length)]
  const write = (file: string, title: string) => {
    const text = datedArticle(title, '2026-01-31T09:30:00Z', `What ${token} says of ${title}. `.repeat(9))
    writeFileSync(join(folder, `.${file}`), text)
    renameSync(join(folder, `.${file}`), join(folder, file))
    return title
  }
  const kind = file === undefined ? 0 : random()
  if (kind < 0.35 || file === undefined) return write(`${token}.md`, `Article ${token}`)
  const title = titleOf(folder, file)
  if (kind < 0.75) return write(file, title)
  if (kind < 0.92) {
    renameSync(join(folder, file), join(folder, `${token}.md`))
    return title
  }
  rmSync(join(folder, file))
  return ''
}

function titleOf(folder: string, file: string): string {
  return /^title: (.*)$/m.exec(readFileSync(join(folder, file), 'utf8'))?.[1] ?? ''
}

async function race(): Promise<number> {
  const server = await bucketServer()
  const work = mkdtempSync(join(tmpdir(), 'broadsheet-race-'))
  try {
    const folder = join(work, 'news')
    mkdirSync(folder)
    writeFileSync(join(folder, 'broadsheet.toml'), 'title = "Race"\nurl = "https://race.example/"\n')
    const bucket = await makeBucket(server)
    const to = `s3://${bucket}/race?endpoint=${encodeURIComponent(server.endpoint)}`
    const environment = {
      ...process.env,
      AWS_ACCESS_KEY_ID: server.accessKeyId,
      AWS_SECRET_ACCESS_KEY: server.secretAccessKey,
      BROADSHEET_CACHE: join(work, 'cache'),
    }
    const { said, failures, kills } = await run(folder, to, environment)
    const last = await lastPublication(folder, to, environment)
    const { objects } = openObjectPlace(to, environment)
    const faults: string[] = []
    const count = await examine(objects, folder, [...said, last], faults)
    for (const fault of faults.slice(0, 20)) console.log(fault)
    for (const failure of [...new Set(failures)].slice(0, 5)) console.log(`a publisher was told: ${failure}`)
    console.log(
      `${count} generations by ${values.publishers} publishers, ${kills} kills, ${said.length} publications told, ${failures.length} refused (seed ${values.seed}): ${faults.length} faults`,
    )
    return faults.length > 0 ? 1 : 0
  } finally {
    server.stop()
    rmSync(work, { recursive: true, force: true })
  }
}

/** Runs the publishers until there are generations enough, killing one after so many publications. */
function run(folder: string, to: string, environment: NodeJS.ProcessEnv) {
  const random = randomNumbers(Number(values.seed))
  const wanted = Number(values.generations)
  const said: Said[] = []
  const failures: string[] = []
  const { promise, resolve, reject } = Promise.withResolvers<void>()
  let kills = 0
  let highest = 0
  let seed = Number(values.seed)
  const running = new Map<string, ChildProcess>()
  const start = (name: string) => {
    const words = ['--as', name, '--folder', folder, '--to', to, '--seed', String(++seed)]
    const child = spawn(process.execPath, [import.meta.filename, ...words], {
      env: environment,
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    running.set(name, child)
    createInterface({ input: child.stdout }).on('line', line => {
      const told = JSON.parse(line) as Said & { failed?: string }
      if (told.failed !== undefined) failures.push(told.failed)
      else said.push(told)
      highest = Math.max(highest, told.generation ?? 0)
      if (highest >= wanted) resolve()
    })
    child.on('exit', code => {
      if (code !== null) reject(new Error(`publisher ${name} ended by itself with ${code}`))
      else if (highest < wanted) start(name)
    })
  }
  for (let index = 0; index < Number(values.publishers); index++)
    start(String.fromCharCode('a'.charCodeAt(0) + index))
  // Anywhere in a publication: at a random moment after a random publication.
  const killer = setInterval(() => {
    if (kills >= Number(values.kills) || kills >= (highest / wanted) * Number(values.kills)) return
    const children = [...running.values()]
    children[Math.floor(random() * children.length)]?.kill('SIGKILL')
    kills++
  }, 137)
  return promise.then(async () => {
    clearInterval(killer)
    await Promise.all(
      [...running.values()].map(child => {
        const end = new Promise(done => child.once('exit', done))
        child.kill('SIGKILL')
        return end
      }),
    )
    return { said, failures, kills }
  })
}

async function lastPublication(folder: string, to: string, environment: NodeJS.ProcessEnv): Promise<Said> {
  Object.assign(process.env, environment)
  const { exitCode, out, said } = await broadsheet('publish', folder, '--to', to, '--json')
  if (exitCode !== 0) throw new Error(said)
  return { generation: JSON.parse(out).generation, title: '' }
}

/** Writes what is wrong into `faults`; the number of generations. */
async function examine(
  objects: Parameters<typeof storedGenerations>[0],
  folder: string,
  said: Said[],
  faults: string[],
): Promise<number> {
  const idOf = new Map<string, string>()
  const everSeen = new Set<string>()
  const told = Map.groupBy(said, ({ generation }) => generation)
  let count = 0
  for await (const { number, rows, ledger } of storedGenerations(objects)) {
    count++
    const titles = new Map<string, string>()
    for (const id of everSeen) if (!ledger.entries.has(id)) faults.push(`generation ${number} has lost ${id}`)
    for (const entry of ledger.entries.values()) {
      everSeen.add(entry.id)
      const id = idOf.get(entry.title) ?? entry.id
      idOf.set(entry.title, id)
      if (id !== entry.id) faults.push(`generation ${number}: "${entry.title}" is ${entry.id}, and was ${id}`)
      if (wasWithdrawn(entry)) continue
      titles.set(entry.title, entry.address)
      if (rows.get(entry.address)?.[1]?.kind !== 'document')
        faults.push(`generation ${number} names ${entry.address}, and has no page there`)
    }
    // One that another publisher deletes or renames meanwhile is none's fault: each changes its own articles only.
    for (const { title } of told.get(number) ?? [])
      if (title !== '' && !titles.has(title))
        faults.push(`generation ${number} was told to hold "${title}", and does not`)
    if (number !== said.at(-1)?.generation) continue
    const there = readdirSync(folder).filter(file => /^[a-z].*\.md$/.test(file))
    for (const file of there)
      if (!titles.has(titleOf(folder, file))) faults.push(`"${titleOf(folder, file)}" is lost`)
    if (there.length !== titles.size) faults.push(`${there.length} articles, ${titles.size} published`)
  }
  return count
}

if (values.as !== undefined) await publishForEver(values.as, values.folder, values.to, Number(values.seed))
else process.exit(await race())
