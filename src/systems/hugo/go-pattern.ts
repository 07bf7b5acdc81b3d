import { literalPattern } from '../../text/globs.ts'

/** Of POSIX: what stands between `[:` and `:]`, for the inside of a class. */
const posix: Record<string, string> = {
  alnum: 'A-Za-z\\d',
  alpha: 'A-Za-z',
  blank: '\\t ',
  digit: '\\d',
  lower: 'a-z',
  punct: '!-\\/:-@\\[-`\\{-~',
  space: '\\s',
  upper: 'A-Z',
  word: '\\w',
  xdigit: 'A-Fa-f\\d',
}

const token =
  /\\Q([\s\S]*?)(?:\\E|$)|\\[pP]\{\^?\w+\}|\\[pP][A-Z]|\\([\s\S])|\(\?P<|\[\^?\]?(?:\[:\^?\w+:\]|\\[\s\S]|[^\]\\])*\]|\{\d+(?:,\d*)?\}|[{}\]]|[a-z]/gi

/**
 * An expression of Go as one of JavaScript's with the flag `u`, which knows neither `(?i)` nor escapes before characters that need none.
 * https://pkg.go.dev/regexp/syntax. What is none in Go either stays none.
 */
export function goPattern(source: string): string {
  const [flags = ''] = /^\(\?[a-z]+\)/.exec(source) ?? []
  const isCaseless = flags.includes('i')
  return source.slice(flags.length).replace(token, (found: string, literal?: string, escaped?: string) => {
    if (literal !== undefined) return withCase(literal, isCaseless)
    if (escaped !== undefined) return escapeOf(escaped)
    if (/^\\[pP]/.test(found)) return found.length > 3 ? found : `${found.slice(0, 2)}{${found.slice(2)}}`
    if (found === '(?P<') return '(?<'
    if (/^\{\d/.test(found)) return found
    if (found.length === 1) return isCaseless ? withCase(found, true) : literalPattern(found)
    const inside = found
      .slice(1, -1)
      .replace(/\[:(\w+):\]|\\([\s\S])|\[/g, (part: string, name?: string, one?: string) =>
        name !== undefined ? (posix[name] ?? part) : one !== undefined ? escapeOf(one, true) : '\\[',
      )
    const plain = isCaseless ? inside.replace(/^\^|\\[\s\S]/g, '') : ''
    return `[${inside}${plain.toLowerCase()}${plain.toUpperCase()}]`
  })
}

/** Behind a backslash: letters mean something, everything else is itself. */
const escapeOf = (character: string, inClass = false): string => {
  if (character === 'z') return '$'
  if (character === 'A') return '^'
  if (/[A-Za-z\d]/.test(character)) return `\\${character}`
  return inClass && character === '-' ? '\\-' : literalPattern(character)
}

const bothCases = (letter: string) => letter.toLowerCase() + letter.toUpperCase()
const withCase = (text: string, isCaseless: boolean) =>
  [...text]
    .map(one =>
      isCaseless && one.toLowerCase() !== one.toUpperCase() ? `[${bothCases(one)}]` : literalPattern(one),
    )
    .join('')
