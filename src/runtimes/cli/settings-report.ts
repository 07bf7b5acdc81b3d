import { join } from 'node:path'
import { type SettingsProblem, settingsFile } from '../../settings/settings.ts'
import { codeFrame } from './code-frame.ts'
import { printable, type Terminal } from './terminal.ts'

/** Every mistake in the settings: where it is, the line itself, what was expected and what may have been meant. */
export function settingsReport(
  problems: SettingsProblem[],
  folder: { shown: string },
  toml: string | null,
  style: Terminal['style'],
): string {
  return problems
    .map(({ where, line, column, message, hint, code }) => {
      const file = where === settingsFile ? join(folder.shown, where) : where
      const place = [file, line, column].filter(part => part !== null).join(':')
      return [
        `${style('bold', printable(place))} ${style('red', 'error')} ${style('dim', code)}`,
        `  ${printable(message)}`,
        ...(line === null ? [] : codeFrame(toml ?? '', line, column, style).map(text => `  ${text}`)),
        `  ${printable(hint)}`,
        '',
      ].join('\n')
    })
    .join('\n')
}
