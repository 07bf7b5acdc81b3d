import { Argument, type Command, InvalidArgumentError, Option } from 'commander'
import { presetNames } from '../../model/preset.ts'
import { listeningPlaceForm } from '../../text/listening-places.ts'
import { CommandFailure, exitCodes } from './exit.ts'
import { isWorkerName, nameOf } from './worker-name.ts'

/** Arguments and options that several commands have, each with the same words. */

export const jsonFlag = () => new Option('--json', 'one JSON document on stdout, for programs')

export const folderArgument = () =>
  new Argument(
    '[folder]',
    'folder of articles; default: the current folder (seeds in Broadsheet’s own repository)',
  )

export const urlFlag = () =>
  new Option('--url <url>', 'public address of the publication, instead of the settings’ own').env(
    'BROADSHEET_URL',
  )

export const presetFlag = () =>
  new Option(
    '--preset <name>',
    'the system whose folder it is, instead of the one its settings file tells; none: no other’s',
  ).choices(presetNames)

export const acceptFlag = () =>
  new Option(
    '--accept <number>',
    'publish although so many known articles change id or date, or disappear',
  ).argParser(wholeNumber)

export function wholeNumber(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('This is a whole number.')
  return Number(text)
}

export function numberFirst(text: string): number {
  if (!/^\d+$/.test(text)) throw new InvalidArgumentError('The number comes first, then the folder.')
  return Number(text)
}

/** The address and the name of who gave it, for messages. */
export function urlOption(command: Command): { value: string; from: string } | null {
  const value: unknown = command.getOptionValue('url')
  if (typeof value !== 'string') return null
  return { value, from: command.getOptionValueSource('url') === 'env' ? 'BROADSHEET_URL' : '--url' }
}

export const portFlag = (description: string) =>
  new Option('-p, --port <number>', description).env('BROADSHEET_PORT').default(8787).argParser(portNumber)

export function portNumber(text: string): number {
  const port = Number(text)
  if (!/^\d+$/.test(text) || port > 65_535)
    throw new InvalidArgumentError('A port is a whole number from 0 to 65535.')
  return port
}

export function metricsPlace(text: string): string {
  if (listeningPlaceForm.test(text)) return text
  throw new InvalidArgumentError(
    'This is a host and a port, like 127.0.0.1:9464, or the absolute path of a socket.',
  )
}

export function workerNameFlag(text: string): string {
  if (isWorkerName(text)) return text
  throw new InvalidArgumentError(
    `The name of a Worker has small letters of a to z, digits, - and _, 63 at most. Did you mean ${nameOf(text)}?`,
  )
}

/** What rests in a store is served without any folder: one that is named was meant to be something else. */
export function assertNoFolder(command: string, folder: string | undefined, from: string): void {
  if (folder === undefined) return
  throw new CommandFailure(exitCodes.usage, `With --from no folder is read: ${from} is what is served.`, {
    hint: `Leave ${folder} out; or --from, to ${command} the folder.`,
  })
}

export const alsoLine = (line: string, lines: string[]) => [...lines, line]

export const examples = (...lines: string[]) => `\nExamples:\n${lines.map(line => `  ${line}`).join('\n')}`

export const singleWriterFlag = () =>
  new Option(
    '--single-writer',
    'nobody else publishes to the store: one that can’t keep two publishers apart will do',
  )
