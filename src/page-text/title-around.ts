import type { LineSignals } from './line-signals.ts'
import type { TitleFeatures } from './title-shape.ts'

/** Lines over and under that are looked at for dates and names, and for what else there is. */
const signReach = 6
const shareReach = 10

/** What lines are counted for around a headline. */
const counted: Readonly<Record<string, (line: LineSignals) => boolean>> = {
  dates: ({ dates }) => dates.length > 0,
  'few words': ({ words }) => words <= 3,
  page: ({ boilerplate, ending }) => boilerplate !== null || ending !== null,
  prose: ({ prose, weight }) => prose && weight >= 120,
}

/** What stands within some lines of each: how near a date or a byline is, and how much of it is text or the page's own. */
export function aroundFeatures(lines: readonly LineSignals[]): (at: number) => TitleFeatures {
  const all = Object.entries(counted).map(([name, counts]) => ({
    above: `${name} above`,
    below: `${name} below`,
    sums: sumsOf(lines, counts),
  }))
  return at => {
    const seen: TitleFeatures = {
      [`sign under at ${firstSign(lines, at, 1)}`]: 1,
      [`sign over at ${firstSign(lines, at, -1)}`]: 1,
    }
    const from = Math.max(0, at - shareReach)
    const to = Math.min(lines.length, at + 1 + shareReach)
    for (const { above, below, sums } of all) {
      seen[above] = ((sums[at] ?? 0) - (sums[from] ?? 0)) / Math.max(1, at - from)
      seen[below] = ((sums[to] ?? 0) - (sums[at + 1] ?? 0)) / Math.max(1, to - at - 1)
    }
    return seen
  }
}

/** How many lines count before each; one more than there are lines. */
function sumsOf(lines: readonly LineSignals[], counts: (line: LineSignals) => boolean): number[] {
  const sums = [0]
  for (const [at, line] of lines.entries()) sums.push((sums[at] ?? 0) + (counts(line) ? 1 : 0))
  return sums
}

function firstSign(lines: readonly LineSignals[], at: number, step: 1 | -1): string {
  for (let away = 1; away <= signReach; away++) {
    const line = lines[at + step * away]
    if (!line) return 'none'
    if (line.signs) return String(away)
    if (line.prose && line.weight >= 200) return 'text'
  }
  return 'none'
}
