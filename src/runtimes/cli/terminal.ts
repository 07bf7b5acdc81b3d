import { styleText } from 'node:util'

type Style = Parameters<typeof styleText>[0]

/** Where a command's words go. Data goes to stdout and can be piped; talk goes to stderr. */
export interface Terminal {
  out(data: string | Uint8Array): void
  /** One or more whole lines. */
  say(talk: string): void
  /** Styles for `out` and `say`: nothing is added where that stream is not a terminal, or NO_COLOR is set. */
  outStyle(style: Style, text: string): string
  style(style: Style, text: string): string
}

export const processTerminal: Terminal = {
  out: data => void process.stdout.write(data),
  say: talk => void process.stderr.write(`${withoutControls(talk)}\n`),
  outStyle: (style, text) => styleText(style, text, { stream: process.stdout }),
  style: (style, text) => styleText(style, text, { stream: process.stderr }),
}

/** The last gate: whatever a sentence was made of, colours are all that it can do to a terminal. */
function withoutControls(talk: string): string {
  return talk
    .split(/(\x1b\[[\d;]*m)/)
    .map((part, at) => (at % 2 === 1 ? part : printableLines(part)))
    .join('')
}

/**
 * Text of strangers (file names, lines of articles) as it may appear in a terminal: control characters, which could move
 * the cursor or change colours, and direction overrides are shown as `�`; tabs stay.
 */
export function printable(text: string): string {
  return text.replace(/[\0-\x08\n-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g, '�')
}

/** The same for text of several lines. */
export const printableLines = (text: string): string => text.split('\n').map(printable).join('\n')

/** `1 file`, `2 files`, `1,204 files`. */
export function count(number: number, one: string, many = `${one}s`): string {
  return `${number.toLocaleString('en')} ${number === 1 ? one : many}`
}
