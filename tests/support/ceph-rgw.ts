import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { AwsClient } from 'aws4fetch'

/** A bucket server that honours conditional writes: Ceph's object gateway over a store in memory, on the loopback. */
export interface BucketServer {
  endpoint: string
  accessKeyId: string
  secretAccessKey: string
  stop(): void
  /** Stops the process that answers (SIGSTOP), or lets it go on; absent where it is not ours. */
  setPaused?(paused: boolean): void
}

/** The server that BROADSHEET_TEST_S3 names (endpoint, key and secret with blanks between), else Ceph's gateway. */
export async function bucketServer(): Promise<BucketServer> {
  const [endpoint, accessKeyId = '', secretAccessKey = ''] = (process.env.BROADSHEET_TEST_S3 ?? '').split(' ')
  return endpoint ? { endpoint, accessKeyId, secretAccessKey, stop() {} } : startCephGateway()
}

/** Makes a bucket of its own. */
export async function makeBucket(server: BucketServer): Promise<string> {
  const bucket = `broadsheet-${Date.now()}`
  const client = new AwsClient({ ...server, region: 'us-east-1', service: 's3', retries: 5 })
  const made = await client.fetch(`${server.endpoint}/${bucket}`, { method: 'PUT' })
  if (!made.ok) throw new Error(`the bucket could not be made: ${made.status} ${await made.text()}`)
  return bucket
}

/** Starts it, which takes about half a minute, and waits until it takes requests. */
export async function startCephGateway(): Promise<BucketServer> {
  const folder = mkdtempSync(join(tmpdir(), 'broadsheet-ceph-'))
  const [gateway, messenger, legacy] = await Promise.all([freePort(), freePort(), freePort()])
  for (const name of ['mon', 'osd', 'mgr', 'rgw', 'run']) mkdirSync(join(folder, name))
  const cluster = randomUUID()
  const monitor = `[v2:127.0.0.1:${messenger},v1:127.0.0.1:${legacy}]`
  const config = join(folder, 'ceph.conf')
  writeFileSync(config, configuration(folder, cluster, monitor))
  const daemons: ChildProcess[] = []
  const run = (name: string, ...words: string[]) =>
    execFileSync(name, words, { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'], encoding: 'utf8' })
  const start = (name: string, ...words: string[]) => {
    const daemon = spawn(name, ['-f', '-c', config, ...words], { cwd: folder, stdio: 'ignore' })
    daemons.push(daemon)
    return daemon
  }
  const stop = () => {
    for (const daemon of daemons) daemon.kill('SIGKILL')
    rmSync(folder, { recursive: true, force: true })
  }
  try {
    const keys = (create: boolean, name: string, ...capabilities: string[]) =>
      run(
        'ceph-authtool',
        ...(create ? ['--create-keyring'] : []),
        'run/keyring',
        '--gen-key',
        '-n',
        name,
        ...capabilities.flatMap(capability => {
          const [daemon = '', ...allowed] = capability.split(' ')
          return ['--cap', daemon, allowed.join(' ')]
        }),
      )
    keys(true, 'client.admin', 'mon allow *', 'osd allow *', 'mgr allow *')
    keys(false, 'mon.', 'mon allow *')
    keys(false, 'mgr.a', 'mon allow profile mgr', 'osd allow *')
    keys(false, 'osd.0', 'mon allow profile osd', 'osd allow *')
    run('monmaptool', '--create', '--fsid', cluster, '--addv', 'a', monitor, 'run/monmap')
    run('ceph-mon', '--mkfs', '-i', 'a', '--monmap', 'run/monmap', '--keyring', 'run/keyring', '-c', config)
    start('ceph-mon', '-i', 'a')
    const osd = randomUUID()
    // Waits by itself until the monitor answers.
    run('ceph', '-c', config, '--connect-timeout', '60', 'osd', 'new', osd)
    start('ceph-mgr', '-i', 'a')
    run('ceph-osd', '-i', '0', '--mkfs', '--osd-uuid', osd, '-c', config)
    run('ceph', '-c', config, 'osd', 'crush', 'add', 'osd.0', '1.0', 'host=here', 'root=default')
    start('ceph-osd', '-i', '0')
    const answering = start(
      'radosgw',
      '-n',
      'client.admin',
      '--rgw_frontends',
      `beast endpoint=127.0.0.1:${gateway}`,
    )
    const endpoint = `http://127.0.0.1:${gateway}`
    await answers(endpoint)
    const [accessKeyId, secretAccessKey] = ['broadsheet', randomUUID()]
    const user = [
      '--uid',
      'tests',
      '--display-name',
      'tests',
      '--access-key',
      accessKeyId,
      '--secret-key',
      secretAccessKey,
    ]
    run('radosgw-admin', '-c', config, 'user', 'create', ...user)
    const setPaused = (paused: boolean) => void answering.kill(paused ? 'SIGSTOP' : 'SIGCONT')
    return { endpoint, accessKeyId, secretAccessKey, stop, setPaused }
  } catch (error) {
    stop()
    throw error
  }
}

function configuration(folder: string, cluster: string, monitor: string): string {
  const settings = {
    fsid: cluster,
    mon_host: monitor,
    mon_initial_members: 'a',
    public_addr: '127.0.0.1',
    cluster_addr: '127.0.0.1',
    keyring: `${folder}/run/keyring`,
    // One copy on one daemon is enough for tests.
    osd_pool_default_size: 1,
    osd_pool_default_min_size: 1,
    osd_pool_default_pg_num: 4,
    mon_allow_pool_size_one: true,
    mon_max_pg_per_osd: 1000,
    osd_crush_chooseleaf_type: 0,
    osd_objectstore: 'memstore',
    memstore_device_bytes: 2 ** 31,
    osd_data: `${folder}/osd`,
    mon_data: `${folder}/mon`,
    mgr_data: `${folder}/mgr`,
    rgw_data: `${folder}/rgw`,
    run_dir: `${folder}/run`,
    admin_socket: `${folder}/run/$name.$pid.asok`,
    log_to_file: false,
    mon_cluster_log_to_file: false,
  }
  return `[global]\n${Object.entries(settings)
    .map(([name, value]) => `${name} = ${value}\n`)
    .join('')}`
}

async function answers(endpoint: string): Promise<void> {
  const end = Date.now() + 120_000
  for (;;) {
    try {
      await (await fetch(endpoint, { signal: AbortSignal.timeout(5_000) })).arrayBuffer()
      return
    } catch (error) {
      if (Date.now() > end) throw error
      await new Promise(resolve => setTimeout(resolve, 250))
    }
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1')
  await once(server, 'listening')
  const address = server.address()
  server.close()
  await once(server, 'close')
  if (address === null || typeof address === 'string') throw new Error('no port')
  return address.port
}
