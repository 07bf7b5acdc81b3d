import type { Article, FileReport } from '../../model/article.ts'
import type { Diagnostic } from '../../model/diagnostic.ts'
import type { Site } from '../../model/site.ts'
import type { Inspection } from '../../publish/inspect.ts'
import type { PublicationFolder } from './publication-folder.ts'

/** What `check --json` prints: a contract with programs. Keys may be added to it; none changes its meaning. */
export function checkDocument(
  folder: PublicationFolder,
  { preset: { name, why } }: Pick<Site, 'preset'>,
  { files, totals, settings, unread }: Inspection,
) {
  return {
    folder: folder.shown,
    preset: { name, why },
    totals,
    settings: settings.map(({ path, ...diagnostic }) => ({ path, ...diagnosticEntry(diagnostic) })),
    files: files.map(fileEntry),
    unread: unread(),
  }
}

function fileEntry({ path, status, reason, article, diagnostics }: FileReport) {
  return {
    path,
    status,
    ...(reason === null ? {} : { reason }),
    ...(article === null ? {} : { article: articleEntry(article) }),
    diagnostics: diagnostics.map(diagnosticEntry),
  }
}

function diagnosticEntry({ code, severity, line, column, message, hint }: Omit<Diagnostic, 'path'>) {
  return { code, severity, line, column, message, hint }
}

function articleEntry(article: Article) {
  const { id, url, title, authors, language, direction, tags, section, summary, text, html } = article
  return {
    id,
    url,
    title,
    published: article.published?.rfc3339 ?? null,
    updated: article.updated?.rfc3339 ?? null,
    authors,
    language,
    direction,
    tags,
    section,
    ...(article.inFeeds === false && { inFeeds: false }),
    summary,
    text,
    html,
    fields: article.fields,
    dropped: article.dropped.map(({ line, reason, text }) => ({ line, reason, text })),
  }
}
