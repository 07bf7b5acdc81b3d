import { spawnSync } from 'node:child_process'
import { rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { openStateFile } from '../../src/runtimes/node/state-file.ts'
import { createWorld } from './subscriber-world.ts'

/*
 * What becomes of subscribers on a disk that is really full, and on one that can be read only: `unshare -rm node state-on-disk.ts FOLDER KIND`,
 * in a namespace of its own, where the folder is a small file system. Prints what came of it as JSON.
 */

const [folder = '', kind = 'full'] = process.argv.slice(2)
const number = 300

function run(command: string): void {
  const { status, stderr } = spawnSync('sh', ['-c', command], { encoding: 'utf8' })
  if (status !== 0) throw new Error(`${command}: ${stderr}`)
}

/** Until there is no byte left. */
function fill(file: string): void {
  try {
    for (let part = 0; ; part++) writeFileSync(file, Buffer.alloc(part < 100 ? 65_536 : 512), { flag: 'a' })
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOSPC') throw error
  }
}

run(`mount -t tmpfs -o size=24m none ${folder}`)
const filler = join(folder, 'filler')
const path = join(folder, 'state.sqlite')
const failures: string[] = []

let state = openStateFile(path, 'subscription').state
let world = createWorld(state)
await world.publish('one')
for (let index = 0; index < number; index++)
  await world.subscribe(`https://reader-${index}.example.net/callback`)

if (kind === 'full') {
  fill(filler)
  // The log beside the file has room of its own: whoever writes enough meets the end of the disk.
  for (let times = 0; times < 200 && failures.length < 3; times++)
    await world.publish(`words ${times}`).catch(error => failures.push(String(error)))
} else {
  state.close()
  run(`mount -o remount,ro ${folder}`)
  for (let times = 0; times < 3; times++)
    try {
      openStateFile(path, 'subscription')
    } catch (error) {
      failures.push(String(error))
    }
}
const said = world.said.filter(({ kind }) => kind === 'trouble').length
if (kind === 'full') rmSync(filler)
else {
  run(`mount -o remount,rw ${folder}`)
  state = openStateFile(path, 'subscription').state
  world = createWorld(state)
}
await world.publish('last')
await world.settle()
const each = new Map<string, number>()
for (const { url, body } of world.messages())
  if (body === 'rss last') each.set(url.host, (each.get(url.host) ?? 0) + 1)
console.log(
  JSON.stringify({
    failed: failures.length,
    said,
    kept: world.hub().list().length,
    told: each.size,
    twice: [...each.values()].filter(times => times > 1).length,
  }),
)
process.exit(0)
