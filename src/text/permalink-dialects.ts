import { ownValue } from './own-value.ts'
/** The pattern languages of other systems, each put into Broadsheet's own. Null where a pattern needs what we can't know. */
export const permalinkDialects = {
  jekyll: fromJekyll,
  hugo: fromHugo,
  eleventy: fromEleventy,
  pelican: fromPelican,
  hexo: fromHexo,
} as const satisfies Record<string, (pattern: string) => string | null>

export type PermalinkDialect = keyof typeof permalinkDialects

/** Whether an address given in an article is such a pattern, and no plain path. */
export function isForeignPattern(address: string, dialect: PermalinkDialect): boolean {
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(address)) return false
  return dialect === 'eleventy' ? /\{[{%]/.test(address) : /(?:^|[/.-]):[a-z]|\{\w/i.test(address)
}

/** https://jekyllrb.com/docs/permalinks/#built-in-formats */
const jekyllStyles: Record<string, string> = {
  date: '/:categories/:year/:month/:day/:title:output_ext',
  pretty: '/:categories/:year/:month/:day/:title/',
  ordinal: '/:categories/:year/:y_day/:title:output_ext',
  weekdate: '/:categories/:year/W:week/:short_day/:title:output_ext',
  none: '/:categories/:title:output_ext',
}

const jekyllTokens: Record<string, string> = {
  ...same('year short_year month i_month short_month day i_day y_day short_day week hour minute second'),
  long_month: '{month_name}',
  long_day: '{weekday_name}',
  w_day: '{iso_weekday}',
  w_year: '{week_year}',
  title: '{slug,name|pretty}',
  slug: '{slug,name|plain}',
  name: '{filename|plain}',
  categories: '{categories|lower}',
  slugified_categories: '{categories|plain}',
  output_ext: '.html',
  path: '{folders}/{filename}',
}

function fromJekyll(pattern: string): string | null {
  const named = ownValue(jekyllStyles, pattern) ?? pattern
  return colons(named, /:([a-z_]+)/g, name => jekyllTokens[name])
}

/** https://gohugo.io/configuration/permalinks/#tokens */
const hugoTokens: Record<string, string> = {
  ...same('year month day'),
  monthname: '{month_name|hugo}',
  weekday: '{weekday}',
  weekdayname: '{weekday_name|hugo}',
  yearday: '{i_y_day}',
  section: '{section|hugo}',
  sections: '{sections|hugo}',
  title: '{title|hugo|urlized}',
  slug: '{slug,title,filename|hugo|urlized}',
  filename: '{filename|hugo|urlized}',
  contentbasename: '{filename|hugo|urlized}',
  slugorfilename: '{slug,filename|hugo|urlized}',
  slugorcontentbasename: '{slug,filename|hugo|urlized}',
}

function fromHugo(pattern: string): string | null {
  return colons(pattern, /:([a-z]+(?:\[[\w:]*\])?)/gi, written => {
    const [, name = '', cut] = /^([a-z]+)(\[.*)?$/.exec(written.toLowerCase()) ?? []
    return cut === undefined || name !== 'sections' ? hugoTokens[name] : `{sections${cut}|hugo}`
  })
}

/** https://hexo.io/docs/permalinks */
const hexoTokens: Record<string, string> = {
  ...same('year month i_month day i_day hour minute second'),
  title: '{path}',
  name: '{last_name}',
  post_title: '{title|hexo|lower}',
  category: '{category_path|hexo}',
}

function fromHexo(pattern: string): string | null {
  // What is none of them is front matter: https://hexo.io/docs/permalinks#Variables
  return colons(pattern, /:([a-z_]\w*)/gi, name =>
    /^(?:hash|timestamp)$/.test(name) ? undefined : (hexoTokens[name] ?? `{@${name}}`),
  )
}

/** Expressions that need nothing but the page itself. https://www.11ty.dev/docs/data-eleventy-supplied/ */
const eleventyValues: Record<string, string> = {
  'page.fileSlug': '{name}',
  'page.filePathStem': '/{folders}/{name}',
  slug: '{slug}',
  title: '{title}',
  'title|slug': '{title|slugged}',
  'title|slugify': '{title|slugify}',
  'slug|slug': '{slug|slugged}',
  'slug|slugify': '{slug|slugify}',
  'page.fileSlug|slug': '{name|slugged}',
  'page.fileSlug|slugify': '{name|slugify}',
  "page.date|date:'%Y/%m/%d'": '{year}/{month}/{day}',
  "page.date|date:'%Y/%m'": '{year}/{month}',
  "page.date|date:'%Y-%m-%d'": '{year}-{month}-{day}',
  "page.date|date:'%Y'": '{year}',
  "page.date|date:'%m'": '{month}',
  "page.date|date:'%d'": '{day}',
}

function fromEleventy(pattern: string): string | null {
  if (pattern.includes('{%')) return null
  let known = true
  const filled = pattern.replace(/\{\{-?(.*?)-?\}\}/g, (_, expression: string) => {
    const value = eleventyValues[expression.replaceAll(' ', '').replaceAll('"', "'")]
    if (!value) known = false
    return value ?? ''
  })
  return known ? `/${filled}`.replace(/(^|\/)index\.html$/, '$1') : null
}

const pelicanTokens: Record<string, string> = {
  slug: '{slug,title|pelican}',
  category: '{category|pelican}',
  author: '{author|pelican}',
  lang: '{language}',
  filename: '{filename}',
  'date:%Y': '{year}',
  'date:%y': '{short_year}',
  'date:%m': '{month}',
  'date:%d': '{day}',
  'date:%-m': '{i_month}',
  'date:%-d': '{i_day}',
  'date:%b': '{short_month}',
  'date:%B': '{month_name}',
  'date:%H': '{hour}',
  'date:%M': '{minute}',
  'date:%j': '{y_day}',
  'date:%S': '{second}',
  'date:%A': '{weekday_name}',
  'date:%a': '{short_day}',
  'date:%u': '{iso_weekday}',
  'date:%w': '{weekday}',
  'date:%V': '{week}',
  'date:%G': '{week_year}',
}

/** https://docs.getpelican.com/en/latest/settings.html#url-settings */
function fromPelican(pattern: string): string | null {
  return colons(`/${pattern}`, /\{([^{}]*)\}/g, name =>
    name.startsWith('date:%') ? datePieces(name.slice('date:'.length)) : pelicanTokens[name],
  )
}

/** `%Y/%m` in the way of Python's strftime. */
function datePieces(format: string): string | undefined {
  return colons(format, /(%-?[a-zA-Z])/g, piece => pelicanTokens[`date:${piece}`]) ?? undefined
}

function colons(
  pattern: string,
  token: RegExp,
  meaning: (name: string) => string | undefined,
): string | null {
  let known = true
  const translated = pattern.replace(token, (_, name: string) => {
    const found = meaning(name)
    if (found === undefined) known = false
    return found ?? ''
  })
  return known ? translated : null
}

function same(names: string): Record<string, string> {
  return Object.fromEntries(names.split(' ').map(name => [name, `{${name}}`]))
}
