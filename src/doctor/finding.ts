import { type DoctorCode, doctorCodes } from './doctor-codes.ts'

/** One thing that is wrong with a publication, for whoever runs it. */
export interface Finding {
  code: DoctorCode
  severity: 'error' | 'warning' | 'note'
  /** The address it was found at. */
  url: string
  /** What it means for readers, and the cure: from the table. */
  meaning: string
  cure: string
  /** What was seen this time: names, numbers, places. */
  seen: string
}

export type Report = (code: DoctorCode, url: string, seen: string) => void

/** Collects findings, each code once per address: what was seen first is kept. */
export function createFindings(): { report: Report; all: () => Finding[] } {
  const findings = new Map<string, Finding>()
  return {
    report(code, url, seen) {
      const [severity, meaning, cure] = doctorCodes[code]
      const key = `${code} ${url}`
      if (!findings.has(key)) findings.set(key, { code, severity, url, meaning, cure, seen })
    },
    all: () => {
      const order = Object.keys(doctorCodes)
      const rank = { error: 0, warning: 1, note: 2 }
      return [...findings.values()].sort(
        (a, b) => rank[a.severity] - rank[b.severity] || order.indexOf(a.code) - order.indexOf(b.code),
      )
    },
  }
}

/** `a, b, c and 4 more`. */
export function listSome(items: readonly string[], max = 3): string {
  const shown = items.slice(0, max)
  const rest = items.length - shown.length
  if (rest > 0) return `${shown.join(', ')} and ${rest} more`
  return shown.length > 1 ? `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}` : (shown[0] ?? '')
}
