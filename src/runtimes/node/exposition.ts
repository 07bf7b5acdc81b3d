/** One value, with its labels. Null is left out: a value that is not known is not 0. */
export type Sample = [labels: Record<string, string | number>, value: number | null]

export interface MetricFamily {
  name: string
  type: 'counter' | 'gauge'
  help: string
  samples: Sample[]
}

/** A family of one value without labels. */
export function metric(
  type: MetricFamily['type'],
  name: string,
  help: string,
  value: number | null,
): MetricFamily {
  return { name, type, help, samples: [[{}, value]] }
}

/** The media type of the text below. */
export const expositionType = 'text/plain; version=0.0.4; charset=utf-8'

/** Prometheus' text format 0.0.4. */
export function exposition(families: MetricFamily[]): string {
  return families.map(familyText).join('')
}

function familyText({ name, type, help, samples }: MetricFamily): string {
  const lines = samples.flatMap(([labels, value]) => (value === null ? [] : sampleLine(name, labels, value)))
  if (lines.length === 0) return ''
  return `# HELP ${name} ${escaped(help)}\n# TYPE ${name} ${type}\n${lines.join('')}`
}

function sampleLine(name: string, labels: Sample[0], value: number): string {
  const pairs = Object.entries(labels).map(
    ([label, text]) => `${label}="${escaped(`${text}`).replaceAll('"', '\\"')}"`,
  )
  return `${name}${pairs.length > 0 ? `{${pairs.join(',')}}` : ''} ${value}\n`
}

const escaped = (text: string) => text.replaceAll('\\', '\\\\').replaceAll('\n', '\\n')
