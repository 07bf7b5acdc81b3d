import type { ArticleChanges } from '../catalog/order.ts'
import { withheldReason } from '../catalog/withhold.ts'
import type { Article, FileReport } from '../model/article.ts'
import type { Diagnostic } from '../model/diagnostic.ts'
import type { LedgerEntry } from '../model/ledger.ts'
import { lowerBound } from '../text/lower-bound.ts'
import type { SettledArticle } from './article-stage.ts'
import type { KeyedChanges } from './keyed-changes.ts'

/** What can be read by subscribers, now or later. */
export interface VisibleChanges {
  /** Of the articles that are published. */
  published: ArticleChanges
  /** Of those that are published or wait for their time. */
  visible: ArticleChanges
  /** What is to be remembered of those that became visible. */
  entries: ReadonlyMap<Article, LedgerEntry>
}

export interface VisibleStage {
  apply(changes: KeyedChanges<SettledArticle>, now: number): VisibleChanges
  /** Of every file, in the order of paths. */
  reports(): readonly FileReport[]
  /** Articles that come or go by themselves, the published among them, in the order of their paths. */
  timed(): Article[]
  /** What is to be remembered of an article, should it be published. */
  entryOf(article: Article): LedgerEntry | undefined
}

/** Decides what of a folder is published at an instant, withheld and rejected. Time alone may change what is visible. */
export function createVisibleStage(): VisibleStage {
  let reports: readonly FileReport[] = []
  const timed = new Map<string, FileReport>()
  const entries = new Map<Article, LedgerEntry>()

  const reportAt = (path: string) => {
    const report = reports[lowerBound(reports, other => other.path < path)]
    return report?.path === path ? report : undefined
  }

  return {
    apply(changes, now) {
      const made = new Map<string, FileReport | null>()
      for (const [path, { article, diagnostics }] of timed)
        made.set(path, report(path, article, diagnostics, now))
      for (const path of changes.removed) made.set(path, null)
      for (const [path, { found, diagnostics }] of changes.set)
        made.set(path, report(path, found?.article ?? null, diagnostics, now))
      const pairs = [...made].map(([path, latter]) => ({ former: reportAt(path) ?? null, latter }))
      reports = withReports(reports, made)
      for (const [path, report] of made) {
        if (report && isTimed(report)) timed.set(path, report)
        else timed.delete(path)
      }
      for (const { former, latter } of pairs)
        if (former?.article && former.article !== latter?.article) entries.delete(former.article)
      for (const { found } of changes.set.values()) if (found) entries.set(found.article, found.entry)
      const changed = new Map<Article, LedgerEntry>()
      const published = changesOf(pairs, isPublished)
      const visible = changesOf(pairs, isVisible)
      for (const article of visible.added) {
        const entry = entries.get(article)
        if (entry) changed.set(article, entry)
      }
      return { published, visible, entries: changed }
    },
    reports: () => reports,
    timed: () => [...timed.keys()].sort().flatMap(path => timed.get(path)?.article ?? []),
    entryOf: article => entries.get(article),
  }
}

const isPublished = ({ status }: FileReport) => status === 'published'
const isVisible = (report: FileReport) => isPublished(report) || isTimed(report)

/** Articles that come or go by themselves. */
function isTimed({ status, reason, article }: FileReport): boolean {
  return reason === 'scheduled' || (status === 'published' && article !== null && article.expires !== null)
}

function report(path: string, article: Article | null, diagnostics: Diagnostic[], now: number): FileReport {
  if (!article)
    return {
      path,
      status: 'rejected',
      reason: (diagnostics.find(({ severity }) => severity === 'error') ?? diagnostics[0])?.code ?? null,
      article,
      diagnostics,
    }
  const reason = withheldReason(article, now)
  return { path, status: reason ? 'withheld' : 'published', reason, article, diagnostics }
}

/** What a file was before, and what it is now; null: it was not, or is not any more. */
interface ReportPair {
  former: FileReport | null
  latter: FileReport | null
}

/** Articles that were in a group and are not any more, and the other way round. */
function changesOf(pairs: ReportPair[], belongs: (report: FileReport) => boolean): ArticleChanges {
  const removed: Article[] = []
  const added: Article[] = []
  for (const { former, latter } of pairs) {
    const was = former && belongs(former) ? former.article : null
    const is = latter && belongs(latter) ? latter.article : null
    if (was === is) continue
    if (was) removed.push(was)
    if (is) added.push(is)
  }
  return { removed, added }
}

/** More changes than this are sorted in with all of them; of fewer, each is looked up. */
const maxLookedUp = 50

/** Reports in the order of their paths, with others in their places; null: none any more. */
function withReports(
  reports: readonly FileReport[],
  made: ReadonlyMap<string, FileReport | null>,
): readonly FileReport[] {
  if (made.size === 0) return reports
  if (made.size > maxLookedUp) {
    const kept = reports.filter(({ path }) => !made.has(path))
    return [...kept, ...[...made.values()].flatMap(report => report ?? [])].sort(byPath)
  }
  const changed = reports.slice()
  for (const [path, report] of made) {
    const at = lowerBound(changed, other => other.path < path)
    changed.splice(at, changed[at]?.path === path ? 1 : 0, ...(report ? [report] : []))
  }
  return changed
}

export const byPath = (a: { path: string }, b: { path: string }) =>
  a.path < b.path ? -1 : a.path > b.path ? 1 : 0
