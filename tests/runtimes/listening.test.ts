import { spawn } from 'node:child_process'
import { existsSync, statSync, writeFileSync } from 'node:fs'
import { request } from 'node:http'
import { createServer } from 'node:net'
import { describe, expect, test } from 'vitest'
import { programFile } from '../support/program-file.ts'
import { datedArticle, eventually, spawnBroadsheet, temporaryFolder } from './command-line.ts'

/** The status and body of a path, asked through a socket in the file system or at an address. */
function ask(where: { socketPath: string } | { host: string; port: number }, path = '/rss.xml') {
  return new Promise<{ status: number; text: string }>((resolve, reject) => {
    request({ ...where, path, headers: { host: 'news.example' } }, answer => {
      let text = ''
      answer.setEncoding('utf8').on('data', chunk => {
        text += chunk
      })
      answer.on('end', () => resolve({ status: answer.statusCode!, text }))
    })
      .on('error', reject)
      .end()
  })
}

const publication = () => temporaryFolder({ 'news/one.md': datedArticle('One') })
const serveAt = async (folder: string, ...words: string[]) => {
  const server = spawnBroadsheet(['serve', folder, ...words])
  await server.until(/JSON Feed 1\.1 +(\S+)/)
  return server
}

describe('a socket in the file system', () => {
  test('serves whoever its owner lets in, and is gone afterwards', async () => {
    using folder = publication()
    const path = folder.at('feed.sock')
    await using server = await serveAt(folder.at('news'), '--socket', path)
    expect(server.said()).toContain('Serving at http://localhost/ (a preview')
    const { status, text } = await ask({ socketPath: path })
    expect([status, text.includes('<title>One</title>')]).toEqual([200, true])
    expect(statSync(path).isSocket()).toBe(true)
    expect((statSync(path).mode & 0o777).toString(8)).toBe('660')
    server.child.kill('SIGTERM')
    expect(await server.exited).toBe(0)
    expect(existsSync(path)).toBe(false)
  })

  test('what a killed process left behind is taken over', async () => {
    using folder = publication()
    const path = folder.at('feed.sock')
    {
      await using killed = await serveAt(folder.at('news'), '--socket', path)
      killed.child.kill('SIGKILL')
      await killed.exited
    }
    expect(statSync(path).isSocket()).toBe(true)
    await using server = await serveAt(folder.at('news'), '--socket', path)
    expect((await ask({ socketPath: path })).status).toBe(200)
    expect(server.child.exitCode).toBeNull()
  })

  test('one that somebody listens behind is never taken', async () => {
    using folder = publication()
    const path = folder.at('feed.sock')
    await using first = await serveAt(folder.at('news'), '--socket', path)
    await using second = spawnBroadsheet(['serve', folder.at('news'), '--socket', path])
    expect(await second.exited).toBe(3)
    expect(second.said()).toBe(
      `broadsheet: ${path} is taken: something listens there, or it is a file that is not a socket. Choose another with --socket.\n`,
    )
    expect((await ask({ socketPath: path })).status).toBe(200)
    expect(first.child.exitCode).toBeNull()
  })

  test('a file that is not a socket stays as it is', async () => {
    using folder = publication()
    const path = folder.at('letters.txt')
    writeFileSync(path, 'Dear reader')
    await using server = spawnBroadsheet(['serve', folder.at('news'), '--socket', path])
    expect(await server.exited).toBe(3)
    expect(statSync(path).size).toBe(11)
  })

  test.each([
    [
      'a folder that is not there',
      'missing/feed.sock',
      /its folder is not there, or this user may not write in it/,
    ],
    ['a name that is too long', `${'n'.repeat(120)}.sock`, /too long for a socket/],
  ])('%s is said in a sentence', async (_, name, sentence) => {
    using folder = publication()
    await using server = spawnBroadsheet(['serve', folder.at('news'), '--socket', folder.at(name)])
    expect(await server.exited).toBe(3)
    expect(server.said()).toMatch(sentence)
  })
})

describe('IPv6', () => {
  test.each(['::1', '[::1]'])('--host %s', async host => {
    using folder = publication()
    await using server = spawnBroadsheet(['serve', folder.at('news'), '--host', host, '--port', '0'])
    const [, port] = await server.until(/Serving at http:\/\/localhost:(\d+)\//)
    expect((await ask({ host: '::1', port: Number(port) }, '/healthz')).status).toBe(200)
  })

  test('--host :: is every address of both families', async () => {
    using folder = publication()
    await using server = spawnBroadsheet(['serve', folder.at('news'), '--host', '::', '--port', '0'])
    const [, port] = await server.until(/Serving at http:\/\/localhost:(\d+)\//)
    for (const host of ['::1', '127.0.0.1'])
      expect((await ask({ host, port: Number(port) }, '/healthz')).status).toBe(200)
  })
})

describe('a socket that systemd opened (sd_listen_fds)', () => {
  /** Starts `serve` with a listening socket at descriptor 3, as systemd does. */
  async function activated(folder: string, environment: string) {
    const opener = createServer()
    await new Promise<void>(resolve => opener.listen(0, '127.0.0.1', resolve))
    const { port } = opener.address() as { port: number }
    const { fd } = (opener as unknown as { _handle: { fd: number } })._handle
    const words = ['exec', process.execPath, programFile, 'serve', folder, '--port', '1']
    const child = spawn(
      'sh',
      [
        '-c',
        `${environment} ${words
          .map(word => `'${word}'`)
          .join(' ')
          .replace("'exec'", 'exec')}`,
      ],
      {
        stdio: ['ignore', 'ignore', 'pipe', fd],
      },
    )
    // The child has a socket of its own now, to the same end: nobody else shall take its connections.
    opener.close()
    let said = ''
    child.stderr!.setEncoding('utf8').on('data', text => {
      said += text
    })
    const exited = new Promise<number | null>(resolve => child.on('close', resolve))
    return {
      port,
      said: () => said,
      exited,
      async [Symbol.asyncDispose]() {
        child.kill('SIGKILL')
        await exited
      },
    }
  }

  test('is served on, whatever host and port the options name', async () => {
    using folder = publication()
    await using server = await activated(folder.at('news'), 'export LISTEN_PID=$$ LISTEN_FDS=1;')
    await eventually(server.said, said => /Serving at/.test(said))
    expect(server.said()).toContain(`Serving at http://localhost:${server.port}/`)
    expect((await ask({ host: '127.0.0.1', port: server.port })).status).toBe(200)
  })

  test('is none where it was meant for another process', async () => {
    using folder = publication()
    await using server = await activated(folder.at('news'), 'export LISTEN_PID=1 LISTEN_FDS=1;')
    // Port 1 is nobody's to open but root's, and then it is served there: either way not on the socket.
    await eventually(server.said, said => said !== '')
    expect(server.said()).not.toContain(`localhost:${server.port}/`)
  })
})
