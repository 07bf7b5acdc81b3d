/**
 * Prometheus' text format 0.0.4, read strictly: every sample by its name and labels.
 * @throws Where a line is none of the format, a family comes twice, or a sample stands before its type
 */
export function readExposition(text: string): Map<string, number> {
  const samples = new Map<string, number>()
  const types = new Set<string>()
  const helps = new Set<string>()
  if (!text.endsWith('\n')) throw new Error('the last line does not end')
  for (const line of text.slice(0, -1).split('\n')) {
    const comment = /^# (HELP|TYPE) ([a-zA-Z_:][\w:]*) (.+)$/.exec(line)
    if (comment) {
      const [, what, name, rest] = comment as unknown as [string, string, string, string]
      const seen = what === 'HELP' ? helps : types
      if (seen.has(name)) throw new Error(`${name} comes twice`)
      if (what === 'TYPE' && !/^(?:counter|gauge|summary|histogram|untyped)$/.test(rest))
        throw new Error(line)
      seen.add(name)
      continue
    }
    const sample =
      /^([a-zA-Z_:][\w:]*)(\{[a-zA-Z_]\w*="(?:[^"\\\n]|\\[\\"n])*"(?:,[a-zA-Z_]\w*="(?:[^"\\\n]|\\[\\"n])*")*\})? (\S+)$/.exec(
        line,
      )
    if (!sample) throw new Error(`no line of the format: ${line}`)
    const [, name, labels = '', value] = sample as unknown as [string, string, string | undefined, string]
    if (!types.has(name)) throw new Error(`${name} has no type`)
    if (samples.has(name + labels)) throw new Error(`${name}${labels} comes twice`)
    if (Number.isNaN(Number(value))) throw new Error(`no number: ${line}`)
    samples.set(name + labels, Number(value))
  }
  return samples
}
