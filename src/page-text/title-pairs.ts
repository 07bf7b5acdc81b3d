import type { LineSignals } from './line-signals.ts'
import type { TitleFeatures } from './title-shape.ts'

/** Two lines that stand together and look like headlines both: a kicker and a headline, or a headline and its subtitle. */
export function pairFeatures(lines: readonly LineSignals[], at: number): TitleFeatures {
  if (isPair(lines, at)) {
    const [upper, lower] = [sizeOf(lines[at]!), sizeOf(lines[at + 1]!)]
    return { [`${at === 0 ? 'first ' : ''}${upper} over ${lower} over ${sideOf(lines[at + 2])}`]: 1 }
  }
  return {}
}

/** Whether a line and the next stand alone together. */
function isPair(lines: readonly LineSignals[], at: number): boolean {
  return looks(lines[at]) && looks(lines[at + 1]) && !looks(lines[at - 1]) && !looks(lines[at + 2])
}

function looks(line: LineSignals | undefined): boolean {
  if (!line || line.boilerplate || line.ending || line.credit || line.signs) return false
  return !(line.prose && line.weight >= 160)
}

function sizeOf({ words, prose }: LineSignals): string {
  return prose ? 'prose' : words <= 3 ? 'few' : words <= 5 ? 'some' : 'many'
}

function sideOf(line: LineSignals | undefined): string {
  if (!line) return 'nothing'
  return line.signs ? 'date' : line.prose ? 'prose' : 'page'
}
