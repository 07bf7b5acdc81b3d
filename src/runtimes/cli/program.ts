import { readFileSync } from 'node:fs'
import { type Command, CommanderError } from 'commander'
import { safeJson } from '../../text/escape.ts'
import { addCommands } from './commands.ts'
import { CommandFailure, exitCodes } from './exit.ts'
import { StrictCommand } from './strict-command.ts'
import { printableLines, processTerminal, type Terminal } from './terminal.ts'

/**
 * Runs one command line and gives its exit code. Commands are loaded when they are asked for, so that `--help` and a
 * mistyped option are answered at once.
 */
export async function run(words: string[], terminal: Terminal = processTerminal): Promise<number> {
  let exitCode: number = exitCodes.ok
  const program = createProgram(terminal, code => {
    exitCode = code
  })
  return (await runProgram(program, words, terminal)) ?? exitCode
}

/** Parses and acts. Gives the exit code of what went wrong in a way we know, in a sentence on stderr; null where nothing did. */
export async function runProgram(
  program: Command,
  words: string[],
  terminal: Terminal,
): Promise<number | null> {
  try {
    await program.parseAsync(words, { from: 'user' })
    return null
  } catch (error) {
    if (error instanceof CommanderError) {
      if (error.exitCode === 0) return exitCodes.ok
      const message = error.message.replace(/^error: /, '')
      if (asksForJson(words))
        terminal.out(failureDocument({ message, hint: null, exitCode: exitCodes.usage, findings: [] }))
      return exitCodes.usage
    }
    if (!(error instanceof CommandFailure)) throw error
    if (error.report) terminal.say(error.report)
    terminal.say(`${terminal.style('red', 'broadsheet:')} ${printableLines(error.message)}`)
    if (error.hint) terminal.say(printableLines(error.hint))
    if (asksForJson(words)) terminal.out(failureDocument(error))
    return error.exitCode
  }
}

/** Behind `--` stand folders. */
const asksForJson = (words: string[]) =>
  words.slice(0, words.includes('--') ? words.indexOf('--') : undefined).includes('--json')

/** What a program reads in place of the document that it asked for with `--json`. */
function failureDocument({
  message,
  hint,
  exitCode,
  findings,
}: Pick<CommandFailure, 'message' | 'hint' | 'exitCode' | 'findings'>): string {
  return `${safeJson({ error: { message, hint, exitCode, findings } }, 2)}\n`
}

/** A command that speaks through the terminal and never ends the process by itself. */
export function createCommand(name: string, terminal: Terminal): Command {
  return new StrictCommand(name).exitOverride().configureOutput({
    writeOut: text => terminal.out(text),
    writeErr: text => terminal.say(printableLines(text.trimEnd())),
  })
}

/** Every command with its options: what help, completion and documentation are made from. */
export function createProgram(terminal: Terminal, setExitCode: (code: number) => void): Command {
  const program = createCommand('broadsheet', terminal)
    .description('Turns a folder of articles into RSS, Atom and JSON feeds, with the pages around them.')
    .version(ownVersion(), '-v, --version')
    .showHelpAfterError(
      'Type broadsheet --help for the commands, broadsheet COMMAND --help for their options.',
    )
  for (const add of addCommands) add(program, terminal, setExitCode)
  return program
}

/** From the manifest beside us: two folders up both in the repository (src/runtimes/cli) and in the package (dist/…). */
function ownVersion(): string {
  return JSON.parse(readFileSync(new URL('../../../package.json', import.meta.url), 'utf8')).version
}
