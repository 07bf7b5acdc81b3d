/**
 * A bucket that is away, fails, is slow or loses its answers, and publishers that are killed at each of their writes:
 * `node tests/fuzz/bucket-outages.fuzz.ts [--seconds 60] [--no-kills]`. While the bucket is in trouble a server that reads from it must answer what it
 * knows, and a publication must end right: what it says it published is there, what it says it did not is as before. After each kill the former
 * publication stands or the new one, whole. Prints what is not so; exits 1 then. Needs Ceph's packages, or the bucket server that
 * BROADSHEET_TEST_S3 names.
 */
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { openObjectPlace } from '../../src/runtimes/cli/object-place.ts'
import { datedArticle, spawnBroadsheet, temporaryFolder } from '../runtimes/command-line.ts'
import { type ProxyMode, startBucketProxy } from '../support/bucket-proxy.ts'
import { bucketServer, makeBucket } from '../support/ceph-rgw.ts'
import { type StoredGeneration, storedGenerations } from '../support/stored-generations.ts'

const { values } = parseArgs({
  options: {
    /** How long the bucket is away; the other troubles last a third of it. */
    seconds: { type: 'string', default: '60' },
    /** Whether publishers are killed, too. */
    kills: { type: 'boolean', default: true },
  },
  allowNegative: true,
})
const settings = 'title = "Outages"\nurl = "https://outages.example/"\n'
const faults: string[] = []
const fault = (what: string) => void faults.push(what)

const server = await bucketServer()
const proxy = await startBucketProxy(server.endpoint)
const work = mkdtempSync(join(tmpdir(), 'broadsheet-outages-'))
const environment = {
  AWS_ACCESS_KEY_ID: server.accessKeyId,
  AWS_SECRET_ACCESS_KEY: server.secretAccessKey,
  BROADSHEET_CACHE: join(work, 'cache'),
}
try {
  const bucket = await makeBucket(server)
  const placeOf = (prefix: string, endpoint = proxy.endpoint) =>
    `s3://${bucket}/${prefix}?endpoint=${encodeURIComponent(endpoint)}`
  const generationsOf = async (prefix: string) => {
    const place = placeOf(prefix, server.endpoint)
    const found: StoredGeneration[] = []
    const { objects } = openObjectPlace(place, { ...process.env, ...environment })
    for await (const generation of storedGenerations(objects)) found.push(generation)
    return found
  }
  if (values.kills) {
    await killAtEachWrite('first', 400, placeOf('first'), generationsOf)
    await killAtEachWrite('edit', 30, placeOf('edit'), generationsOf)
  }
  await troubles(placeOf('troubles'), generationsOf)
} finally {
  proxy.close()
  server.stop()
  rmSync(work, { recursive: true, force: true })
}
for (const line of faults) console.log(line)
console.log(`${faults.length} faults`)
process.exit(faults.length > 0 ? 1 : 0)

type Generations = (prefix: string) => Promise<StoredGeneration[]>

async function publish(folder: string, to: string) {
  const child = spawnBroadsheet(['publish', folder, '--to', to, '--json'], { env: environment })
  return { ...child, ended: child.exited.then(code => ({ code, out: child.out(), said: child.said() })) }
}

/** Kills a publisher before and after each of its writes; an edit, or the first publication in one. */
async function killAtEachWrite(prefix: string, articles: number, to: string, generationsOf: Generations) {
  const isFirst = prefix === 'first'
  let kills = 0
  for (const moment of ['before', 'after'] as const)
    for (let write = 1; ; write++) {
      using folder = temporaryFolder({ 'broadsheet.toml': settings })
      const name = `${prefix}-${moment}-${write}`
      const place = to.replace(`/${prefix}?`, `/${name}?`)
      for (let index = 0; index < articles; index++)
        folder.write(
          `article-${index}.md`,
          datedArticle(`Article ${index}`, undefined, `${'More words. '.repeat(90)}${index}`),
        )
      if (!isFirst) await (await publish(folder.path, place)).ended
      folder.write('new.md', datedArticle('New'))
      const run = await publish(folder.path, place)
      let isKilled = false
      proxy.atWrite(write, moment, async () => {
        isKilled = true
        run.child.kill('SIGKILL')
        await run.exited
      })
      await run.ended
      proxy.atWrite(0, 'before', () => {})
      const before = await generationsOf(name)
      const holds = before.at(-1)?.rows.has('/articles/new/') ?? false
      const wanted = (isFirst ? 0 : 1) + (holds ? 1 : 0)
      if (before.length !== wanted) fault(`${name}: ${before.length} generations where ${wanted} are awaited`)
      const { code, said } = await (await publish(folder.path, place)).ended
      const after = await generationsOf(name)
      if (code !== 0 || !after.at(-1)?.rows.has('/articles/new/'))
        fault(`${name}: the next publication ended with ${code}: ${said}`)
      if (!isKilled) break
      kills++
    }
  console.log(`${prefix}: ${kills} kills`)
}

/** A server that takes the place of one that ended just now, with what that one had on this machine. */
async function beginMeanwhile(to: string, mode: string): Promise<void> {
  await using reader = spawnBroadsheet(['serve', '--from', to, '--port', '0'], {
    env: { ...environment, BROADSHEET_CACHE: join(work, 'reader') },
  })
  const [url] = await reader.until(/http:\/\/[^\s/]*:\d+\//)
  const { status } = await fetch(`${url}rss.xml`)
  if (status !== 200) fault(`${mode}: a server that began meanwhile answered ${status}`)
}

/** `stopped`: the very process of the bucket server. */
function setTrouble(trouble: ProxyMode | 'stopped'): void {
  if (trouble === 'stopped' && !server.setPaused) console.log('the server is not ours: it is not stopped')
  server.setPaused?.(trouble === 'stopped')
  proxy.set(trouble === 'stopped' ? 'pass' : trouble)
}

async function troubles(to: string, generationsOf: Generations) {
  using folder = temporaryFolder({ 'broadsheet.toml': settings })
  for (let index = 0; index < 30; index++)
    folder.write(`article-${index}.md`, datedArticle(`Article ${index}`))
  await (await publish(folder.path, to)).ended
  await using reader = spawnBroadsheet(['serve', '--from', to, '--port', '0', '--poll', '1'], {
    env: { ...environment, BROADSHEET_CACHE: join(work, 'reader') },
  })
  const [url] = await reader.until(/http:\/\/[^\s/]*:\d+\//)
  const paths = ['', 'rss.xml', 'feed.json', 'articles/article-3/']
  const ask = async (path: string) => {
    const answer = await fetch(url + path)
    await answer.arrayBuffer()
    return answer.status
  }
  for (const path of paths) await ask(path)
  const lengths: [ProxyMode | 'stopped', number][] = [
    ['stopped', Number(values.seconds)],
    ['refuse', Number(values.seconds) / 3],
    ['fail', Number(values.seconds) / 3],
    ['slow', Number(values.seconds) / 3],
    ['lose', Number(values.seconds) / 3],
    ['lose-all', Number(values.seconds) / 3],
  ]
  for (const [index, [mode, seconds]] of lengths.entries()) {
    const title = `During ${mode}`
    const path = `/articles/during-${mode}/`
    folder.write(`during-${mode}.md`, datedArticle(title))
    setTrouble(mode)
    const end = performance.now() + seconds * 1000
    const run = await publish(folder.path, to)
    let outcome: Awaited<typeof run.ended> | null = null
    void run.ended.then(ended => {
      outcome = ended
    })
    let answers = 0
    while (performance.now() < end) {
      for (const path of paths) {
        const status = await ask(path)
        answers++
        if (status !== 200) fault(`${mode}: the reader answered ${status} to /${path}`)
      }
      await new Promise(resolve => setTimeout(resolve, 100))
    }
    await beginMeanwhile(to, mode)
    const during = outcome as Awaited<typeof run.ended> | null
    setTrouble('pass')
    const { code, said } = await run.ended
    const generations = await generationsOf('troubles')
    const holds = generations.at(-1)?.rows.has(path) ?? false
    if ((code === 0) !== holds)
      fault(`${mode}: the publication ended with ${code}, and is ${holds ? '' : 'not '}there: ${said}`)
    const healed = performance.now()
    const again = await (await publish(folder.path, to)).ended
    if (again.code !== 0) fault(`${mode}: the publication after it ended with ${again.code}: ${again.said}`)
    const last = (await generationsOf('troubles')).length
    if (last !== index + 2) fault(`${mode}: ${last} generations where ${index + 2} are awaited`)
    while ((await ask(path.slice(1))) !== 200 && performance.now() - healed < 120_000)
      await new Promise(resolve => setTimeout(resolve, 100))
    const status = await ask(path.slice(1))
    if (status !== 200) fault(`${mode}: two minutes after it the reader answers ${status} to ${path}`)
    const when = during === null ? 'when it was over' : 'meanwhile'
    console.log(
      `${mode} for ${seconds} s: ${answers} answers of the reader; the publisher ended ${when} with ${code} (${said.trim().split('\n')[0]}); served ${((performance.now() - healed) / 1000).toFixed(1)} s after the end`,
    )
  }
}
