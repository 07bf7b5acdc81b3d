import type { Article, ArticleDate } from '../../src/model/article.ts'
import { type Site, siteDefaults } from '../../src/model/site.ts'
import { formatRfc3339 } from '../../src/text/dates.ts'

/** A site with a public address, for tests that look at documents. */
export const exampleSite: Site = {
  ...siteDefaults,
  title: 'Example',
  description: 'An example publication.',
  url: 'https://example.org/',
  preview: false,
  tagAuthority: 'example.org,2026',
  timezone: 'UTC',
}

export function dateAt(instant: string): ArticleDate {
  const epoch = Date.parse(instant)
  return {
    raw: instant,
    local: instant.slice(0, 19),
    precision: 'second',
    zone: 'UTC',
    zoneFrom: 'text',
    epoch,
    rfc3339: formatRfc3339(epoch),
  }
}

/** A published article; every field can be replaced. */
export function anArticle(fields: Partial<Article> = {}): Article {
  const name = fields.path ?? 'first.md'
  const published = fields.published === undefined ? dateAt('2026-03-01T09:00:00Z') : fields.published
  return {
    path: name,
    format: 'markdown',
    id: `tag:example.org,2026:file/${encodeURIComponent(name)}`,
    url: `https://example.org/articles/${encodeURIComponent(name.replace(/\.\w+$/, ''))}/`,
    title: 'A title',
    kicker: null,
    section: null,
    standfirst: null,
    summary: 'A summary.',
    authors: [],
    agency: null,
    dateline: null,
    published,
    updated: null,
    expires: null,
    source: null,
    sourceId: null,
    guid: null,
    language: 'en',
    direction: 'ltr',
    html: '<p>Words.</p>',
    text: 'Words.',
    tags: [],
    aliases: [],
    image: null,
    enclosures: [],
    media: [],
    status: 'published',
    extra: {},
    fields: {},
    dropped: [],
    revised: published?.epoch ?? 0,
    ...fields,
  }
}
