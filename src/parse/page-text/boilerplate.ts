/** A line must stand in this many files of one source, and in this share of them, to be its boilerplate. */
const leastFiles = 3
const leastShare = 0.2
/** Longer lines are an article's own words, however often they are printed. */
const longest = 400

/**
 * Learns the lines (trimmed) that repeat across the files of one source, so that they are no article's own.
 * @param files the texts of one source's files: decoded, LF newlines
 */
export function learnBoilerplate(files: Iterable<{ path: string; text: string }>): Set<string> {
  const counts = new Map<string, number>()
  let total = 0
  for (const { text } of files) {
    total++
    const own = new Set<string>()
    for (const row of text.split('\n')) {
      const line = row.trim()
      if (line && line.length <= longest) own.add(line)
    }
    for (const line of own) counts.set(line, (counts.get(line) ?? 0) + 1)
  }
  const least = Math.max(leastFiles, Math.ceil(total * leastShare))
  return new Set([...counts].filter(([, count]) => count >= least).map(([line]) => line))
}
