import { spawnSync } from 'node:child_process'
import { describe, expect, test } from 'vitest'
import { createProgram } from '../../src/runtimes/cli/program.ts'
import { installedTool } from '../support/installed-tool.ts'
import { broadsheet, temporaryFolder } from './command-line.ts'

const silent = {
  out() {},
  say() {},
  style: (_: unknown, text: string) => text,
  outStyle: (_: unknown, text: string) => text,
}
const program = createProgram(silent, () => {})
const bash = installedTool('bash')

describe.skipIf(!bash)('in bash', () => {
  /** What Tab offers after these words, the last one unfinished. */
  async function offered(...words: string[]): Promise<string[]> {
    const { out: script } = await broadsheet('completion', 'bash')
    using folder = temporaryFolder({ 'completion.bash': script, 'articles/one.md': '', 'a note.md': '' })
    const asked = `
      source completion.bash
      COMP_WORDS=(broadsheet ${words.map(word => `'${word}'`).join(' ')})
      COMP_CWORD=${words.length}
      # The very function that Tab would call.
      $(complete -p broadsheet | sed -E 's/.*-F ([^ ]+).*/\\1/')
      printf '%s\\n' "\${COMPREPLY[@]}"`
    const { stdout, stderr } = spawnSync(bash!, ['--norc', '-c', asked], {
      cwd: folder.path,
      encoding: 'utf8',
    })
    expect(stderr).toBe('')
    return stdout.split('\n').filter(line => line !== '')
  }

  test('every command', async () => {
    const names = program.commands.map(command => command.name())
    expect(await offered('')).toEqual([...names, 'help', '--help', '--version'])
    expect(await offered('bu')).toEqual(['build'])
    expect(await offered('help', 'c')).toEqual(['check', 'completion'])
  })

  test('every option of every command', async () => {
    for (const command of program.commands) {
      const long = command.options.map(option => option.long!).filter(name => name !== null)
      expect((await offered(command.name(), '--')).sort()).toEqual([...long, '--help'].sort())
    }
  })

  test('files where files are meant, names with spaces whole, nothing where a value is free', async () => {
    expect((await offered('check', 'a')).sort()).toEqual(['a note.md', 'articles'])
    expect(await offered('build', '--out', 'art')).toEqual(['articles'])
    expect(await offered('serve', '--port', '')).toEqual([])
    expect(await offered('doctor', '')).toEqual([])
    expect(await offered('completion', 'z')).toEqual(['zsh'])
  })
})

test.each(['zsh', 'fish', 'bash'])('a script for %s names every command and option', async shell => {
  const { exitCode, out } = await broadsheet('completion', shell)
  expect(exitCode).toBe(0)
  for (const command of program.commands) {
    expect(out).toContain(command.name())
    for (const { long } of command.options)
      expect(out).toContain(shell === 'fish' ? `-l ${long!.slice(2)}` : long!)
  }
  const tool = installedToolIfAny(shell)
  if (tool) {
    using folder = temporaryFolder({ script: out })
    const read = spawnSync(tool, ['-n', folder.at('script')], { encoding: 'utf8' })
    expect(read).toMatchObject({ status: 0, stderr: '' })
  }
})

/** zsh and fish are read by themselves where they are at hand; CI installs neither. */
function installedToolIfAny(name: string): string | null {
  const { CI, ...env } = process.env
  const found = spawnSync('sh', ['-c', `command -v ${name}`], { encoding: 'utf8', env })
  return found.stdout.trim() || null
}

test('another shell is named as a mistake', async () => {
  expect(await broadsheet('completion', 'tcsh')).toMatchObject({
    exitCode: 2,
    said: expect.stringContaining('Allowed choices are bash, zsh, fish.'),
  })
})
