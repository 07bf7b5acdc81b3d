import {
  closeSync,
  constants,
  existsSync,
  fstatSync,
  lstatSync,
  openSync,
  readdirSync,
  readFileSync,
  realpathSync,
  statSync,
} from 'node:fs'
import { basename, dirname, join, resolve, sep } from 'node:path'
import type { PresetFolder, PresetName, PresetReading } from '../../model/preset.ts'
import type { PushSettings } from '../../model/push-settings.ts'
import type { ServingSettings } from '../../model/serving.ts'
import { type Site, withUsualCover } from '../../model/site.ts'
import {
  readSettings,
  type SettingsOptions,
  type SettingsReading,
  settingsFile,
} from '../../settings/settings.ts'
import { presetFolder } from '../../source/folder.ts'
import { recognisePreset } from '../../systems/recognise-preset.ts'
import { nearestName } from '../../text/nearest-name.ts'
import { CommandFailure, exitCodes } from './exit.ts'
import { settingsReport } from './settings-report.ts'
import { shownPath } from './shown-path.ts'
import type { Terminal } from './terminal.ts'

/** A folder that a command works on. */
export interface PublicationFolder {
  /** Absolute. */
  path: string
  /** As a person would write it from here: `seeds`, `.`. */
  shown: string
  /** What presets know it by. */
  names: PresetFolder
}

export interface UrlOption {
  value: string
  from: string
}

/** The folder that was named; else `seeds` in Broadsheet's own repository and the current folder elsewhere. */
export function findFolder(named: string | undefined): PublicationFolder {
  const path = resolve(named ?? (isOwnRepository() ? 'seeds' : '.'))
  const shown = shownPath(path)
  const stats = statSync(path, { throwIfNoEntry: false })
  if (!stats) {
    const meant = neighbourOf(path)
    throw new CommandFailure(exitCodes.usage, `There is no folder ${shown}.`, {
      hint: meant ? `Did you mean ${meant}?` : 'Name the folder that holds your articles.',
    })
  }
  if (!stats.isDirectory())
    throw new CommandFailure(exitCodes.usage, `${shown} is not a folder.`, {
      hint: `Name the folder that the file lies in: ${shownPath(dirname(path))}`,
    })
  return { path, shown, names: presetFolder(path, Date.now) }
}

/** The folder beside a missing one that was probably meant. */
function neighbourOf(path: string): string | null {
  const parent = dirname(path)
  try {
    const folders = readdirSync(parent, { withFileTypes: true }).filter(entry => entry.isDirectory())
    const meant = nearestName(
      basename(path),
      folders.map(({ name }) => name),
    )
    return meant && shownPath(resolve(parent, meant))
  } catch {
    return null
  }
}

function isOwnRepository(): boolean {
  if (!existsSync(`seeds/${settingsFile}`)) return false
  try {
    return JSON.parse(readFileSync('package.json', 'utf8')).name === 'broadsheet'
  } catch {
    return false
  }
}

/** Nothing is published without a public address. */
export function noAddress({ shown }: PublicationFolder): CommandFailure {
  return new CommandFailure(
    exitCodes.usage,
    'The publication has no address yet, and every link and id in it is made of one.',
    { hint: `Set \`url = "https://…/"\` in ${shown}/broadsheet.toml, or give --url.` },
  )
}

/** The text of the folder's settings, null where there is none. */
export function settingsText(folder: PublicationFolder): string | null {
  const path = resolve(folder.path, settingsFile)
  const unreadable = (why: string) =>
    new CommandFailure(exitCodes.usage, `${folder.shown}/${settingsFile} can't be read (${why}).`)
  try {
    if (!lstatSync(path, { throwIfNoEntry: false })) return null
    const target = realpathSync(path)
    // Its lines are shown where they are wrong, and a stranger's folder may name any file of this machine.
    if (!target.startsWith(join(realpathSync(folder.path), sep)))
      throw unreadable('it is a link that leads out of the folder')
    const text = wholeFile(target)
    if (text === null) throw unreadable('it is not a file')
    return text
  } catch (error) {
    if (error instanceof CommandFailure) throw error
    throw unreadable((error as NodeJS.ErrnoException).code ?? String(error))
  }
}

/** Null where it is no file: to open a pipe must not wait for whoever writes to it, and a device has no end. */
function wholeFile(path: string): string | null {
  const file = openSync(path, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0))
  try {
    return fstatSync(file).isFile() ? readFileSync(file, 'utf8') : null
  } finally {
    closeSync(file)
  }
}

/** What a command is told of the settings. */
export interface SettingsWords {
  url: UrlOption | null
  previewUrl?: string
  /** Local addresses whatever the settings say; nothing is recorded. */
  preview?: { drafts: boolean; hub?: boolean } | null
  hubBy?: SettingsOptions['hubBy']
  /** The system whose folder this is. */
  preset?: PresetName
}

export interface LoadedSettings {
  site: Site
  serving: ServingSettings
  push: PushSettings
  urlFrom: SettingsReading['urlFrom']
}

/**
 * The folder's settings, under them those of the system whose folder it is. What is wrong with them ends the command, all at once.
 * @param recognise finds out whose folder it is. Default: here and now
 */
export async function loadSettings(
  folder: PublicationFolder,
  options: SettingsWords,
  terminal: Terminal,
  recognise: (chosen: Parameters<typeof recognisePreset>[1]) => Promise<PresetReading> = chosen =>
    recognisePreset(folder.names, chosen),
): Promise<LoadedSettings> {
  const toml = settingsText(folder)
  const { preset: named, ...given } = options
  const { problems, chosenPreset } = readSettings(toml, given)
  if (problems.length === 0) {
    const chosen = named
      ? { name: named, from: '--preset' }
      : chosenPreset && { name: chosenPreset, from: settingsFile }
    const preset = await recognise(chosen)
    const { site, serving, push, urlFrom } = readSettings(toml, { ...given, preset })
    const hasFile = (name: string) => existsSync(resolve(folder.path, name))
    if (site && serving && push) return { site: withUsualCover(site, hasFile), serving, push, urlFrom }
  }
  const mistakes = problems.length === 1 ? 'a mistake' : `${problems.length} mistakes`
  throw new CommandFailure(exitCodes.usage, `Nothing was done: the settings have ${mistakes}.`, {
    report: settingsReport(problems, folder, toml, terminal.style),
    reason: 'settings',
    findings: problems.map(({ where, code, ...rest }) => ({ code, severity: 'error', path: where, ...rest })),
  })
}
