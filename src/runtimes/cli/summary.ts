import type { UnreadFile, UnreadKind } from '../../model/unread-file.ts'
import type { Inspection, Totals } from '../../publish/inspect.ts'
import { count } from './terminal.ts'

/** `12 published, 2 withheld, 1 rejected`. */
export function countsOf({ published, withheld, rejected }: Totals): string {
  const number = (value: number) => value.toLocaleString('en')
  return `${number(published)} published, ${number(withheld)} withheld, ${number(rejected)} rejected`
}

/** Why nothing at all is published, in sentences that name what to change; empty where something is. */
export function whyNothing({ totals, files, unread }: Inspection): string[] {
  if (totals.published > 0) return []
  if (totals.files === 0) return ['Nothing is published: ' + whyNoArticle(unread())]
  const reasons = new Map<string, number>()
  for (const { status, reason } of files)
    if (status === 'withheld' && reason !== null) reasons.set(reason, (reasons.get(reason) ?? 0) + 1)
  const undated = reasons.get('undated') ?? 0
  const withheld = totals.withheld - undated
  reasons.delete('undated')
  return [
    'Nothing is published.',
    ...(undated > 0
      ? [
          `${count(undated, 'article has', 'articles have')} no date: write one (\`date: 2026-01-31\`), or set \`undated = "first-seen"\` in broadsheet.toml.`,
        ]
      : []),
    ...(withheld > 0
      ? [
          `${count(withheld, 'article is', 'articles are')} withheld: ${[...reasons].map(([reason, number]) => `${number} ${reason}`).join(', ')}.`,
        ]
      : []),
    ...(totals.rejected > 0 ? [`${count(totals.rejected, 'file')} could not be read.`] : []),
  ]
}

function whyNoArticle(unread: UnreadFile[]): string {
  const of = (...kinds: UnreadKind[]) => unread.filter(({ kind }) => kinds.includes(kind))
  const [elsewhere, others] = [of('elsewhere', 'ignored'), of('format', 'archive', 'nameless', 'unknown')]
  const [first, ...more] = elsewhere.length > 0 ? elsewhere : others
  if (first)
    return `${first.path}${more.length > 0 ? ` and ${more.length} more` : ''}: ${first.what}. ${first.hint}`
  return 'the folder holds no .txt, .md or .html file. Write an article, and it appears.'
}
