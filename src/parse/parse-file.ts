import { sanitiseBody } from '../html/sanitise.ts'
import type { ArticleFormat, Dropped, ParsedArticle } from '../model/article.ts'
import { articleFormatOf, readArticlePath } from '../model/article-paths.ts'
import { type Diagnostic, diagnose, type Place } from '../model/diagnostic.ts'
import type { FrontMatter } from '../model/front-matter.ts'
import type { Preset } from '../model/preset.ts'
import type { ParseContext, Reading } from '../model/reading.ts'
import { readPageText } from '../page-text/page-text.ts'
import { plainWords, wordsForAll } from '../systems/exports/export-fields.ts'
import { pageReaderOf, splitExportedPage } from '../systems/exports/export-pages.ts'
import { type ForeignTag, translateForeignMarkup } from '../systems/markup/foreign-markup.ts'
import { codeRanges } from '../systems/markup/markdown-code-ranges.ts'
import { type OwnMarkup, readOwnMarkup, vaultTitle } from '../systems/markup/own-markup.ts'
import { metadataInHead } from '../systems/pelican/html-metadata.ts'
import { encodeMarkedLinks } from '../systems/preset-links.ts'
import { addressKeys, givenCategories, markPresetFields, withPresetValues } from '../systems/preset-values.ts'
import { hidingDefault, programVerdict } from '../systems/programs/publish-rules.ts'
import { type HygieneFinding, removeForbidden } from '../text/hygiene.ts'
import { countMarks, mostMarks } from '../text/markup-marks.ts'
import { textPlace } from '../text/text-place.ts'
import { basePathOf } from '../text/urls.ts'
import { assembleArticle } from './assemble.ts'
import { decodeText } from './decode.ts'
import { findDraftName } from './draft-names.ts'
import { type DraftSign, findDraftSign, findDraftSignShown } from './draft-signs.ts'
import { hygieneDiagnostic } from './field-cleaner.ts'
import { endsInFrontMatter, splitFrontMatter } from './front-matter.ts'
import { type FrontMatterReading, readFrontMatterFields } from './front-matter-fields.ts'
import { foldKey, frontMatterKeys } from './front-matter-keys.ts'
import { readHtml } from './html.ts'
import { linkResolver } from './link-resolver.ts'
import { renderMarkdown } from './markdown.ts'
import { withoutRemarks } from './markdown-remarks.ts'
import { mergeConflictIn } from './merge-conflict.ts'
import { withTagsOfSound } from './sound-tags.ts'
import { readStatus, saysPublished } from './status-keys.ts'

export { articleExtensions, isArticlePath } from '../model/article-paths.ts'

export interface ParseResult {
  /** Null where the file is rejected: an error among the diagnostics says why. */
  article: ParsedArticle | null
  diagnostics: Diagnostic[]
}

/** Reads one file of the folder into one article. Never throws. */
export function parseFile(file: { path: string; bytes: Uint8Array }, context: ParseContext): ParseResult {
  try {
    return parseDecodable(file, context)
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error)
    return {
      article: null,
      diagnostics: [diagnose('file-unparsable', file, `Reading the file failed: ${reason}`)],
    }
  }
}

function parseDecodable(
  { path, bytes }: { path: string; bytes: Uint8Array },
  context: ParseContext,
): ParseResult {
  const { maxFileBytes } = context.site
  if (bytes.length > maxFileBytes) {
    const message = `The file has ${bytes.length} bytes; the limit is ${maxFileBytes}.`
    return { article: null, diagnostics: [diagnose('file-too-large', { path }, message)] }
  }
  const { text: decoded, diagnostics } = decodeText(bytes, path)
  if (decoded === null) return { article: null, diagnostics }
  const { text, findings } = removeForbidden(decoded)
  diagnostics.push(
    ...findings.map(finding => hygieneDiagnostic(finding, 'the file', placeOf(finding, decoded, path))),
  )
  if (text.trim() === '')
    return {
      article: null,
      diagnostics: [diagnose('file-empty', { path }, 'The file holds only white space.')],
    }
  if (endsInFrontMatter(text)) return { article: null, diagnostics: [...diagnostics, cutOff(text, path)] }
  const marks = countMarks(text)
  if (marks > mostMarks) return { article: null, diagnostics: [...diagnostics, tooComplex(path, marks)] }
  const format = articleFormatOf(path, context.site.preset.markdown) ?? 'page-text'
  const { preset } = context.site
  const page = splitExportedPage(text, path, format, preset)
  const split = page
    ? { ...page, diagnostics: [] }
    : splitFrontMatter(text, path, { headers: format === 'markdown' })
  const ownFrontMatter =
    split.frontMatter ?? (format === 'html' && preset.htmlMetadata ? metadataInHead(text) : null)
  const frontMatter = withPresetValues(ownFrontMatter, path, preset)
  const given = readGiven(frontMatter, frontMatter === ownFrontMatter, path, context)
  // Templates are filled in in Markdown, and in pages that a site's generator was meant to read.
  const templated = format === 'markdown' || (format === 'html' && split.frontMatter !== null)
  const values = frontMatter?.values ?? {}
  const source =
    format === 'markdown' ? readOwnMarkup(split.body, path, preset, values) : { text: split.body, left: [] }
  const markup = markupOf(preset, frontMatter)
  // Zola shows a tag that is none by the signs of a remark.
  const isSpoken = format === 'markdown' && !(markup.family === 'tera' && /\{[{%]\/\*/.test(source.text))
  const isPage = templated && format === 'html' && preset.markup.family === 'eleventy'
  const spoken =
    isSpoken || isPage
      ? withoutRemarks(source.text, isPage ? 'html' : 'markdown')
      : { text: source.text, remarks: [] }
  const linked = encodeMarkedLinks(spoken.text, preset)
  const translated = templated
    ? translateForeignMarkup(linked, format, markup, values, basePathOf(context.site.url))
    : { text: spoken.text, tags: [] }
  const givenTitle = given?.title?.value ?? null
  const found = readBody(format, translated.text, path, givenTitle, context, separatorOf(given))
  const merged = given ? merge(found, given, format) : found
  const lacking = whatLacks(preset, ownFrontMatter, merged)
  const said = isSaidToBeRead(ownFrontMatter) ? { ...merged, isSaidToBeRead: true } : merged
  const noted = withTagsOfSound(said, path, context)
  // What the tags of its sound say counts for neither.
  const isBare = !merged.title || (!merged.published && readArticlePath(path).date === null)
  const kept = lacking
    ? keepOut(noted, lacking, path, preset.name)
    : keepBackUnmerged(
        keepBackByName(
          keepBack(noted, draftSign(text, split, format, noted), path),
          isBare,
          ownFrontMatter,
          path,
        ),
        text,
        path,
      )
  const reading = keepBackByProgram(kept, values, split.body, path, preset)
  reading.diagnostics.unshift(...diagnostics, ...split.diagnostics)
  reading.diagnostics.push(...translated.tags.map(tag => foreignTagDiagnostic(tag, path)))
  reading.diagnostics.push(...gathered(source.left).map(part => leftOutDiagnostic(part, path)))
  reading.diagnostics.push(...spoken.remarks.map(remark => remarkDiagnostic(remark, path)))
  return assembleArticle(reading, { path, format, text }, context)
}

function cutOff(text: string, path: string): Diagnostic {
  const line = text.trimEnd().split('\n').length
  const message = 'The file ends inside its front matter: the line that closes it is expected after this one.'
  return diagnose('front-matter-cut', { path, line, column: 1 }, message)
}

/** What would take its parser seconds. */
export function tooComplex(path: string, marks: number): Diagnostic {
  const [found, limit] = [marks, mostMarks].map(number => number.toLocaleString('en'))
  const message = `This has ${found} lines, tags and other marks of markup; the limit is ${limit}.`
  return diagnose('file-too-complex', { path }, message)
}

function remarkDiagnostic(
  { mark, line, count }: { mark: string; line: number; count: number },
  path: string,
): Diagnostic {
  const times = count === 1 ? '' : ` (${count} times)`
  const message = `What "${mark}" begins${times} is a remark for whoever edits: it was left out.`
  return diagnose('remark-left-out', { path, line }, message)
}

/** The same component many times is told once. */
function gathered(left: OwnMarkup['left']): (OwnMarkup['left'][number] & { count: number })[] {
  const found = new Map<string, OwnMarkup['left'][number] & { count: number }>()
  for (const part of left)
    found.set(part.text, { ...part, ...found.get(part.text), count: (found.get(part.text)?.count ?? 0) + 1 })
  return [...found.values()]
}

function leftOutDiagnostic(
  { text, line, what, count }: ReturnType<typeof gathered>[number],
  path: string,
): Diagnostic {
  const times = count === 1 ? '' : ` (${count} times)`
  if (what === 'raw-html') {
    const message = `The system of this folder shows no HTML that stands in Markdown: what "${text}" begins${times} was left out.`
    return diagnose('html-hidden', { path, line }, message)
  }
  return what === 'module'
    ? diagnose(
        'markup-foreign',
        { path, line },
        `"${text}"${times} is a program's line, not the article's: it was left out.`,
      )
    : diagnose(
        'markup-unresolved',
        { path, line },
        `What "${text}"${times} shows can't be known without running it: it was left out.`,
      )
}

/** Jekyll's `render_with_liquid: false`: the tags of that file are words. */
function markupOf({ markup }: Preset, frontMatter: FrontMatter | null): Preset['markup'] {
  const engine = frontMatter?.values.templateEngineOverride
  const isOff =
    (markup.family === 'liquid' && frontMatter?.values.render_with_liquid === false) ||
    (markup.family === 'hexo' && frontMatter?.values.disableNunjucks === true) ||
    (markup.family === 'eleventy' && (engine === false || engine === 'md' || engine === 'html'))
  return isOff ? { ...markup, family: 'none' } : markup
}

/** What the folder's own system would miss in a file, and not publish it therefore; null where it has all. */
function whatLacks({ needs }: Preset, frontMatter: FrontMatter | null, { title }: Reading): string | null {
  if (needs === 'title') return title && (title.from !== 'markup' || frontMatter === null) ? null : 'title'
  return needs === 'front-matter' && frontMatter === null ? 'front matter' : null
}

function keepOut(reading: Reading, lacking: string, path: string, system: string): Reading {
  const message = `The file has no ${lacking}: ${system} does not publish such files, and it is withheld.`
  return {
    ...reading,
    status: reading.status ?? { value: 'unlisted', from: 'settings', confidence: 1, line: null },
    diagnostics: [...reading.diagnostics, diagnose('front-matter-missing', { path }, message)],
  }
}

function draftSign(
  text: string,
  { body, frontMatter }: { body: string; frontMatter: FrontMatter | null },
  format: ArticleFormat,
  { html, isSaidToBeRead: isSaid = false }: Reading,
): DraftSign | null {
  const sign = findDraftSign(text, body, frontMatter, isSaid)
  if (sign || isSaid || format === 'markdown') return sign
  // The head of a page's text may be as long as what is looked through of a file.
  // What looks like a heading there is a line alone.
  const isPage = format === 'html'
  const shown = findDraftSignShown(isPage ? html : html.replace(/<(\/?)h[2-6]\b/g, '<$1p'))
  if (!shown || isPage) return shown
  const at = text.split('\n').findIndex(line => line.trim() === shown.text)
  return { ...shown, line: at === -1 ? null : at + 1 }
}

const isSaidToBeRead = (frontMatter: FrontMatter | null) =>
  Object.entries(frontMatter?.values ?? {}).some(([key, value]) => saysPublished(key, value))

/** What was meant to keep an article back does, though it can't be read as front matter. */
function keepBack(reading: Reading, sign: DraftSign | null, path: string): Reading {
  if (!sign || reading.status) return reading
  const { line, text, status } = sign
  const shown = text.length > 60 ? `${text.slice(0, 60)}…` : text
  const message = `"${shown}" looks as if the article were not to be read yet, but is no front matter: it is withheld.`
  return {
    ...reading,
    status: { value: status, from: 'text', confidence: 0.8, line },
    diagnostics: [...reading.diagnostics, diagnose('draft-uncertain', { path, line }, message)],
  }
}

/** What it is called keeps it back too, where nothing says plainly that it is there to be read. */
function keepBackByName(
  reading: Reading,
  isBare: boolean,
  frontMatter: FrontMatter | null,
  path: string,
): Reading {
  const said = Object.entries(frontMatter?.values ?? {})
  if (reading.status || reading.isSaidToBeRead) return reading
  const terms = said.filter(([key]) => termKeys.has(foldKey(key)))
  const title = reading.title?.value ?? null
  const tags = terms.flatMap(([key, value]) => termsIn(value).filter(term => !isSection(key, term)))
  const found = findDraftName({ path, title, tags, isBare })
  if (!found) return reading
  const { text, what } = found
  const key = terms.find(([, value]) => termsIn(value).includes(text))?.[0] ?? ''
  const lines = { title: reading.title?.line, tag: frontMatter?.lines[key], 'file name': null }
  const line = lines[what] ?? null
  const message = `By its ${what} ("${text}") this may be a draft: it is withheld.`
  return {
    ...reading,
    status: { value: 'draft', from: what === 'file name' ? 'path' : 'front-matter', confidence: 0.8, line },
    diagnostics: [...reading.diagnostics, diagnose('draft-uncertain', { path, line }, message, draftFalse)],
  }
}

const termKeys = new Set([...frontMatterKeys.tags, ...frontMatterKeys.section].map(foldKey))
/** Of sport, say. */
const isSection = (key: string, term: string) => foldKey(key) === 'section' && /^Drafts?$/.test(term)
const termsIn = (value: unknown): string[] =>
  (Array.isArray(value) ? value : String(value).split(/[,;]/)).map(term => String(term).trim())

const draftFalse = 'Write `draft: false` into front matter, if it is to be read; or call it otherwise.'

/** Both sides of a merge are in it: whichever is meant, not both. */
function keepBackUnmerged(reading: Reading, text: string, path: string): Reading {
  const line = reading.status ? null : mergeConflictIn(text)
  if (line === null) return reading
  const message =
    'From this line on there are both sides of a merge that nobody has settled: the article is withheld.'
  return {
    ...reading,
    status: { value: 'draft', from: 'text', confidence: 0.9, line },
    diagnostics: [...reading.diagnostics, diagnose('merge-conflict', { path, line }, message)],
  }
}

/** A status that stands nowhere in the file is one that the site gives to all that say nothing. */
function toldOfDefault(reading: Reading, path: string, programs: Preset['programs']): Reading {
  const { line, from } = reading.status ?? {}
  if (line !== null || from !== 'settings') return reading
  const found = hidingDefault(programs, path, (key, value) => readStatus(key, value) !== null)
  if (!found) return reading
  const message = `It says nothing of "${found.key}", and what the site takes then (${found.path}, line ${found.line}) hides it.`
  return { ...reading, diagnostics: [...reading.diagnostics, diagnose('program-hides', { path }, message)] }
}

/** What the site's own programs do not show there is not shown here. */
function keepBackByProgram(
  reading: Reading,
  values: Record<string, unknown>,
  body: string,
  path: string,
  { programs }: Preset,
): Reading {
  if (programs.length === 0) return reading
  if (reading.status) return toldOfDefault(reading, path, programs)
  const verdict = programVerdict(programs, path, values, body)
  if (!verdict || (verdict.isDoubted && reading.isSaidToBeRead)) return reading
  const { filter, key } = verdict
  const place = `"${filter.written}" (${filter.path}, line ${filter.line})`
  const by = { from: 'settings', confidence: 1, line: null } as const
  const tell = (code: 'program-hides' | 'draft-uncertain', message: string) => [
    ...reading.diagnostics,
    diagnose(code, { path }, message),
  ]
  if (verdict.is === 'in-no-feed') {
    const message = verdict.isDoubted
      ? `The site has a page of it; whether it is in its feeds is decided by ${place}, which is not run: it is in none.`
      : `The site has a page of it, and its feeds leave it out: ${place} does not hold for it.`
    return { ...reading, inFeeds: { value: false, ...by }, diagnostics: tell('program-hides', message) }
  }
  const message =
    verdict.is === 'hidden'
      ? `The site does not show it: ${place} does not hold for it.`
      : `Whether the site shows it is decided by ${place}, which ${key === null ? '' : `asks for "${key}" and `}is not run: it is withheld.`
  const code = verdict.is === 'hidden' ? 'program-hides' : 'draft-uncertain'
  return { ...reading, status: { value: 'unlisted', ...by }, diagnostics: tell(code, message) }
}

function placeOf({ index }: HygieneFinding, text: string, path: string): Place {
  return { path, ...textPlace(text, index ?? 0) }
}

function foreignTagDiagnostic({ name, fate, lost, line, count }: ForeignTag, path: string): Diagnostic {
  const times = count === 1 ? '' : ` (${count} times)`
  const fates = {
    kept: 'stays in the text as it is',
    'left out': 'was left out',
    replaced: 'became plain markup',
  }
  return diagnose(
    lost ? 'markup-unresolved' : 'markup-foreign',
    { path, line },
    lost
      ? `What "${name}"${times} shows can't be known without running it: it ${fates[fate]}.`
      : `"${name}"${times} is another system's: it ${fates[fate]}.`,
  )
}

/** @param isOwn whether all of it is written in the file itself */
function readGiven(
  frontMatter: FrontMatter | null,
  isOwn: boolean,
  path: string,
  context: ParseContext,
): FrontMatterReading | null {
  const { preset } = context.site
  const title = vaultTitle(path, preset)
  const titled: Partial<FrontMatterReading> =
    title === null ? {} : { title: { value: title, from: 'path', confidence: 1, line: null } }
  if (!frontMatter) return title === null ? null : { ...titled, diagnostics: [] }
  const given = { ...titled, ...readFrontMatterFields(frontMatter, path, context) }
  given.categories = givenCategories(frontMatter.values, preset)
  const written = given.title?.value
  const shown = preset.titlesAreHtml && written && /[&<]/.test(written) ? plainWords(written) : null
  if (given.title && shown) given.title = { ...given.title, value: shown }
  if (given.summary && preset.summariesAreMarkdown) {
    const value = wordsOfMarkdown(given.summary.value, path, context)
    if (value === '') delete given.summary
    else given.summary = { ...given.summary, value }
  }
  given.addressKeys = addressKeys(frontMatter.values, preset)
  if (preset.name === 'buttondown')
    for (const key of ['title', 'summary', 'standfirst'] as const) {
      const field = given[key]
      const value = field && wordsForAll(field.value)
      if (value === '') delete given[key]
      else if (value) given[key] = { ...field, value }
    }
  if (isOwn) return given
  // Eleventy's data files lie beside the articles; the others' rows are an export's.
  const isExport = Object.hasOwn(preset.records, path) && preset.name !== 'eleventy'
  return markPresetFields(given, isExport ? 'export' : 'settings')
}

/** Jekyll and Eleventy let every article say its own mark. One that is no comment would be shown: it is none then. */
function separatorOf(given: FrontMatterReading | null): string | null {
  const written = given?.extra?.excerpt_separator
  return typeof written === 'string' && /^<!--[\s\S]*-->$/.test(written.trim()) ? written.trim() : null
}

function readBody(
  format: ArticleFormat,
  body: string,
  path: string,
  givenTitle: string | null,
  context: ParseContext,
  separator: string | null,
): Reading {
  if (format === 'html') return (pageReaderOf(context.site.preset) ?? readHtml)(body, path, context)
  if (format === 'page-text') return readPageText(body, path, context)
  const rendered = renderMarkdown(withInlineMarks(body), givenTitle, context.site.preset.markdownExtras)
  const { title, link } = rendered
  const summary = summaryAbove(rendered.html, path, context, separator)
  const html = rendered.html.replaceAll(inlineMark, '')
  const diagnostics = rendered.looseNotes.slice(0, 20).map(({ label, line }) => {
    const message = `Nothing refers to the footnote "[^${label}]": it was left out.`
    return diagnose('footnote-unreferred', { path, line }, message)
  })
  return {
    ...(title && { title }),
    ...(link && { externalUrl: link }),
    ...(summary && { summary }),
    html,
    dropped: [],
    diagnostics,
  }
}

/**
 * A comment parts the summary from the rest in most systems (Hugo, Zola, Jekyll, Hexo, WordPress, Docusaurus, Pelican, Nikola,
 * Drupal): what stands above it was chosen.
 */
const moreMark =
  /<!--\s*(?:more\b[^>]*?|read[ -]?more|end[ -]?excerpt|excerpt(?:[ -]end)?|truncate|break|teaser[ _]end|pelican_end_summary|end[ -]?summary|summary)\s*-->/i
const moreMarks = new RegExp(moreMark, 'gi')
/** The same mark where other words stand in its line: as an element those words stay Markdown. */
const inlineMark = '<x-more></x-more>'

function withInlineMarks(body: string): string {
  if (!moreMark.test(body)) return body
  const code = codeRanges(body)
  return body.replace(moreMarks, (mark, at: number) => {
    if (code.some(([start, end]) => start <= at && at < end)) return mark
    const before = body.slice(body.lastIndexOf('\n', at) + 1, at)
    const end = body.indexOf('\n', at)
    const behind = body.slice(at + mark.length, end === -1 ? undefined : end)
    return before.trim() === '' && behind.trim() === '' ? mark : inlineMark
  })
}

/** What a text in Markdown says. */
function wordsOfMarkdown(text: string, path: string, context: ParseContext): string {
  const { html } = renderMarkdown(text, '', context.site.preset.markdownExtras)
  return sanitiseBody(html, linkResolver(path, context.site.url, context)).text.trim()
}

function summaryAbove(
  html: string,
  path: string,
  context: ParseContext,
  separator: string | null,
): Reading['summary'] {
  const marks = [
    html.includes('<!--') ? html.search(moreMark) : -1,
    html.indexOf(inlineMark),
    separator ? html.indexOf(separator) : -1,
  ]
  const found = marks.filter(at => at !== -1)
  if (found.length === 0) return undefined
  const above = html.slice(0, Math.min(...found))
  const { text, prose } = sanitiseBody(above, linkResolver(path, context.site.url, context))
  return text === '' ? undefined : { value: prose || text, from: 'markup', confidence: 1, line: null }
}

/** Front matter counts before what a body says of itself. */
function merge(found: Reading, given: FrontMatterReading, format: ArticleFormat): Reading {
  const dropped = format === 'page-text' ? [...found.dropped, ...overruled(found, given)] : found.dropped
  return { ...found, ...given, dropped, diagnostics: [...given.diagnostics, ...found.diagnostics] }
}

/** Lines of page text that were read as a field which front matter gives too: they stand in no body any more. */
function overruled(found: Reading, given: FrontMatterReading): Dropped[] {
  const texts = [
    given.title && found.title && { field: found.title, text: found.title.value },
    given.published && found.published && { field: found.published, text: found.published.value.raw },
    given.updated && found.updated && { field: found.updated, text: found.updated.value.raw },
    given.authors &&
      found.authors && { field: found.authors, text: found.authors.value.map(({ name }) => name).join(', ') },
    given.standfirst && found.standfirst && { field: found.standfirst, text: found.standfirst.value },
  ].filter(entry => entry !== undefined)
  return texts.map(({ field, text }) => ({
    line: field.line ?? 1,
    reason: 'front matter says otherwise',
    text,
  }))
}
