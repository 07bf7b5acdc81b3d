import { spawn } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { dirname, join } from 'node:path'
import { run } from '../../src/runtimes/cli/program.ts'
import { programFile } from '../support/program-file.ts'

/** A folder of its own for one test, gone afterwards: `using folder = temporaryFolder({ 'a.md': '…' })`. */
export function temporaryFolder(files: Record<string, string> = {}) {
  const path = mkdtempSync(join(tmpdir(), 'broadsheet-test-'))
  const at = (name: string) => join(path, name)
  const write = (name: string, text: string) => {
    mkdirSync(dirname(at(name)), { recursive: true })
    writeFileSync(at(name), text)
  }
  for (const [name, text] of Object.entries(files)) write(name, text)
  return { path, at, write, [Symbol.dispose]: () => rmSync(path, { recursive: true, force: true }) }
}

/** An article in Markdown with a date. */
export function datedArticle(
  title: string,
  date = '2026-01-31T09:30:00Z',
  body = `What ${title} says.`,
): string {
  return `---\ntitle: ${title}\ndate: ${date}\n---\n\n${body}\n`
}

/** One command in this process: its exit code and what it wrote, bytes read as UTF-8. */
export async function broadsheet(...words: string[]) {
  let out = ''
  let said = ''
  const decoder = new TextDecoder()
  const exitCode = await run(words, {
    out: data => {
      out += typeof data === 'string' ? data : decoder.decode(data)
    },
    say: talk => {
      said += `${talk}\n`
    },
    style: (_, text) => text,
    outStyle: (_, text) => text,
  })
  return { exitCode, out, said }
}

/** A command in a process of its own, for what needs one: signals, ports, the real streams. */
export function spawnBroadsheet(
  words: string[],
  {
    program = programFile,
    ...options
  }: { program?: string; cwd?: string; env?: NodeJS.ProcessEnv; uid?: number; gid?: number } = {},
) {
  const child = spawn(process.execPath, [program, ...words], {
    ...options,
    env: { ...process.env, NO_COLOR: undefined, FORCE_COLOR: undefined, ...options.env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let out = ''
  let said = ''
  child.stdout.setEncoding('utf8').on('data', text => {
    out += text
  })
  child.stderr.setEncoding('utf8').on('data', text => {
    said += text
  })
  const exited = new Promise<number | null>(resolve => child.on('close', resolve))
  return {
    child,
    exited,
    out: () => out,
    said: () => said,
    /** Waits for words on stderr or stdout; rejects, with what there was, where the process ends without them. */
    until(pattern: RegExp): Promise<RegExpExecArray> {
      return new Promise((resolve, reject) => {
        const look = () => {
          const found = pattern.exec(said + out)
          if (found) resolve(found)
          return found !== null
        }
        if (look()) return
        child.stdout.on('data', look)
        child.stderr.on('data', look)
        void exited.then(code => {
          if (!look()) reject(new Error(`Ended with ${code}, and ${pattern} was never said:\n${said}${out}`))
        })
      })
    },
    async [Symbol.asyncDispose]() {
      child.kill('SIGKILL')
      await exited
    },
  }
}

/** `serve` on a free port, up and published. */
export async function serveFolder(folder: string, ...words: string[]) {
  const command = spawnBroadsheet(['serve', folder, '--port', '0', ...words])
  const [, url] = await command.until(/Serving at (\S+)/)
  await command.until(/JSON Feed 1\.1 +(\S+)/)
  return Object.assign(command, { url: url! })
}

/** A port that something listens on until the test is over. */
export async function takenPort() {
  const server = createServer()
  await new Promise<void>(resolve => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (address === null || typeof address === 'string') throw new Error('no port')
  return {
    port: address.port,
    [Symbol.asyncDispose]: () => new Promise<void>(resolve => server.close(() => resolve())),
  }
}

/**
 * Asks again until the answer is as wanted, for what happens a moment after a file was saved. How long that takes is the
 * machine's affair; a minute is what nobody would wait for, and shows the last answer in place of a test that hangs.
 */
export async function eventually<T>(ask: () => T | Promise<T>, wanted: (answer: T) => boolean): Promise<T> {
  const deadline = performance.now() + 60_000
  for (;;) {
    const answer = await ask()
    if (wanted(answer) || performance.now() > deadline) return answer
    await new Promise(resolve => setTimeout(resolve, 25))
  }
}
