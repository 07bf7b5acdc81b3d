import type { Ledger, LedgerEntry } from '../model/ledger.ts'
import { formatRfc3339 } from '../text/dates.ts'

/*
 * The ledger as text: a line that says what it is, the authority, one JSON object a line in the order of ids, and a last
 * line. One article a line merges well; the last line tells a whole file from a torn one; a line that stands twice after
 * a union merge is put together again.
 */
const opening = '# Broadsheet ledger 1: the ids and histories of these articles. Commit it; do not edit it.'
const closing = '# end of ledger'

/** A ledger that cannot be trusted: publication stops, since minting new ids would mark everything unread. */
export class LedgerError extends Error {
  override readonly name = 'LedgerError'
  /** 1-based. */
  readonly line: number
  constructor(line: number, message: string) {
    super(message)
    this.line = line
  }
}

export function formatLedger(ledger: Ledger): string {
  const entries = [...ledger.entries.values()].sort((a, b) => (a.id < b.id ? -1 : 1))
  return [opening, `# authority ${ledger.authority}`, ...entries.map(formatLedgerEntry), closing, ''].join(
    '\n',
  )
}

/** An entry's line, without its end. */
export function formatLedgerEntry(entry: LedgerEntry): string {
  return JSON.stringify(written(entry))
}

/** @throws LedgerError with the line where the text is no whole ledger. */
export function parseLedger(text: string): Ledger {
  const lines = text.replaceAll('\r\n', '\n').split('\n')
  const authority = /^# authority (\S+)$/.exec(lines[1] ?? '')?.[1]
  if (lines[0] !== opening || !authority)
    throw new LedgerError(1, 'This is no ledger of a version that this Broadsheet knows.')
  while (lines.at(-1) === '') lines.pop()
  if (lines.at(-1) !== closing)
    throw new LedgerError(lines.length, `The ledger is cut short: its last line should be "${closing}".`)
  const entries = new Map<string, LedgerEntry>()
  lines.forEach((line, index) => {
    if (line === '' || (line.startsWith('#') && !line.startsWith('# authority')) || index === 1) return
    const entry = readLine(line, index + 1)
    const known = entries.get(entry.id)
    entries.set(entry.id, known ? merged(known, entry) : entry)
  })
  return { authority, entries }
}

function written(entry: LedgerEntry): Record<string, unknown> {
  const {
    id,
    path,
    first,
    published,
    dated,
    revised,
    title,
    words,
    sketch,
    address,
    formerAddresses,
    withdrawn,
    archives,
  } = entry
  return {
    id,
    path,
    title,
    first: formatRfc3339(first),
    published: formatRfc3339(published),
    ...(dated === null ? {} : { dated: formatRfc3339(dated) }),
    ...(revised === null ? {} : { revised: formatRfc3339(revised) }),
    ...(withdrawn === null ? {} : { withdrawn: formatRfc3339(withdrawn) }),
    address,
    ...(formerAddresses.length > 0 ? { former: formerAddresses } : {}),
    words,
    sketch,
    ...(Object.keys(archives).length > 0 ? { archives } : {}),
  }
}

function readLine(line: string, number: number): LedgerEntry {
  let value: Record<string, unknown>
  try {
    value = JSON.parse(line)
  } catch {
    const conflict = /^(<{7}|={7}|>{7})/.test(line)
    throw new LedgerError(
      number,
      conflict
        ? 'A merge was left unfinished here: keep the lines of both sides and remove the markers.'
        : 'This line is damaged: it should be one JSON object.',
    )
  }
  const text = (key: string): string => {
    if (typeof value[key] !== 'string') throw new LedgerError(number, `This line has no text "${key}".`)
    return value[key]
  }
  const instant = (key: string): number => {
    const epoch = Date.parse(text(key))
    if (Number.isNaN(epoch)) throw new LedgerError(number, `"${key}" is no date in this line.`)
    return epoch
  }
  const optional = (key: string) => (value[key] === undefined ? null : instant(key))
  return {
    id: text('id'),
    path: text('path'),
    title: text('title'),
    first: instant('first'),
    published: instant('published'),
    dated: optional('dated'),
    revised: optional('revised'),
    withdrawn: optional('withdrawn'),
    address: text('address'),
    formerAddresses: Array.isArray(value.former) ? value.former.map(String) : [],
    words: text('words'),
    sketch: text('sketch'),
    archives: { ...(value.archives as Record<string, number> | undefined) },
  }
}

/** Two histories of one article, after a merge: the earliest beginning, the latest state, every address it ever had. */
function merged(a: LedgerEntry, b: LedgerEntry): LedgerEntry {
  const [older, newer] = (a.revised ?? a.first) <= (b.revised ?? b.first) ? [a, b] : [b, a]
  const addresses = [...older.formerAddresses, older.address, ...newer.formerAddresses]
  return {
    ...newer,
    first: Math.min(a.first, b.first),
    withdrawn: a.withdrawn !== null && b.withdrawn !== null ? Math.max(a.withdrawn, b.withdrawn) : null,
    formerAddresses: [...new Set(addresses)].filter(address => address !== newer.address),
    archives: { ...newer.archives, ...older.archives },
  }
}
