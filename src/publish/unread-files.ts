import type { FileReport } from '../model/article.ts'
import { articleFormatOf } from '../model/article-paths.ts'
import { mediaTypeOf } from '../model/formats.ts'
import type { Preset } from '../model/preset.ts'
import type { Site } from '../model/site.ts'
import type { SourceFile } from '../model/source.ts'
import type { UnreadFile, UnreadKind } from '../model/unread-file.ts'
import { matchesGlob } from '../text/globs.ts'
import { extensionOf, fileNameOf } from '../text/urls.ts'
import { findSounds } from './read-sounds.ts'

/** Formats that people write articles in, and what Broadsheet does not read; by extension. */
const formats: Record<string, string> = {
  adoc: 'AsciiDoc',
  asciidoc: 'AsciiDoc',
  doc: 'Word',
  docx: 'Word',
  odt: 'OpenDocument',
  rtf: 'Rich Text',
  pages: 'Pages',
  pdf: 'PDF',
  epub: 'EPUB',
  tex: 'LaTeX',
  rst: 'reStructuredText',
  org: 'Org',
  textile: 'Textile',
  wiki: 'wiki text',
  mediawiki: 'wiki text',
  creole: 'wiki text',
  gmi: 'Gemtext',
  ipynb: 'a notebook',
  qmd: 'Quarto',
  rmd: 'R Markdown',
  eml: 'an e-mail',
  mbox: 'e-mails',
  mhtml: 'a saved web page',
  mht: 'a saved web page',
  webarchive: 'a saved web page',
  pug: 'Pug',
  njk: 'Nunjucks',
  liquid: 'Liquid',
  haml: 'Haml',
  slim: 'Slim',
}

/** What makes Markdown or HTML of each; others are saved anew by their own program. */
const cures: Record<string, string> = {
  Word: 'Save it as HTML, or run `pandoc FILE -o FILE.md`.',
  OpenDocument: 'Save it as HTML, or run `pandoc FILE -o FILE.md`.',
  'Rich Text': 'Save it as HTML or plain text, or run `pandoc FILE -o FILE.md`.',
  Pages: 'Export it as Word, and that as HTML.',
  PDF: 'Look for the text it was made from; a PDF has lost its order.',
  Quarto: 'Call it .md if nothing in it has to be run; else render it (`quarto render --to gfm`).',
  'R Markdown': 'Call it .md if nothing in it has to be run; else knit it to Markdown.',
  'a notebook': 'Run `jupyter nbconvert --to markdown FILE`.',
  'a saved web page': 'Save the page as HTML only.',
  'an e-mail': 'Save its text as .txt, .md or .html.',
  'e-mails': 'Save each text as .txt, .md or .html.',
  AsciiDoc: 'Run `asciidoctor FILE` for HTML, or `pandoc` by way of DocBook for Markdown.',
}
const usualCure = 'Run `pandoc FILE -o FILE.md`, or save it as .md, .html or .txt.'

const archive = /\.(?:zip|tar|tgz|gz|bz2|xz|7z|rar|zst)$/i
/** What lies beside articles in most folders, and is no article of anybody's. */
const service =
  /\.(?:css|scss|sass|less|[mc]?[jt]sx?|vue|svelte|astro|map|lock|toml|ya?ml|json5?|xml|csv|tsv|ini|cfg|conf|env|sh|py|rb|go|rs|php|woff2?|ttf|otf|eot|ico|svg|db|sqlite|log|bib|csl|sample|example|editorconfig|webmanifest|template|tmpl|bat|ps1|mk|nix|gemspec|txt\.asc|sig|pem|key|crt|ledger|jsonl|atom|rss|opml|xsl|xslt|wasm|bin|exe|dll|so|dylib|class|jar)$/i
const serviceNames =
  /^(?:license|licence|copying|authors|contributors|notice|makefile|dockerfile|procfile|gemfile|rakefile|cname|codeowners|vagrantfile|brewfile|justfile|caddyfile|version|robots|humans|readme)$/i

interface Told {
  files: readonly FileReport[]
  media: ReadonlyMap<string, SourceFile>
  /** Files that hold articles in the form of no system known here. */
  unknownForms: ReadonlyMap<string, string>
}

/** Every file of a folder that became no article and is shown by none, in the order of their paths. */
export function unreadFiles(
  all: readonly SourceFile[],
  { files, media, unknownForms }: Told,
  site: Pick<Site, 'ignore' | 'preset'>,
): UnreadFile[] {
  const read = new Set<string>()
  for (const { path } of files) {
    read.add(path)
    // An export's articles are reported at its path, `#` and their key.
    for (let at = path.indexOf('#'); at !== -1; at = path.indexOf('#', at + 1)) read.add(path.slice(0, at))
  }
  const globs = [...site.ignore, ...site.preset.ignore]
  const patterns = site.preset.ignorePatterns.map(source => new RegExp(source, 'u'))
  const isIgnored = (path: string) =>
    globs.some(glob => matchesGlob(glob, path)) || patterns.some(pattern => pattern.test(path))
  const besideSounds = new Set([...findSounds(all).companions.values()].flat().map(({ path }) => path))
  return all
    .filter(({ path }) => !read.has(path) && !media.has(path))
    .map(({ path }) =>
      besideSounds.has(path)
        ? withItsSound(path)
        : (ofNoSystem(path, unknownForms.get(path)) ?? unreadFile(path, site.preset, isIgnored)),
    )
}

const ofNoSystem = (path: string, form: string | undefined): UnreadFile | null =>
  form === undefined
    ? null
    : {
        path,
        kind: 'format',
        what: `${form} of no system that is known here`,
        hint: 'Save each article as .md, .html or .txt, or all of them as a JSON Feed; where it is no article, nothing is to be done.',
      }

const withItsSound = (path: string): UnreadFile => ({
  path,
  kind: 'media',
  what: 'a transcript, chapters or a cover',
  hint: 'It is published with the sound of its name.',
})

/** What a file is that was not read, and what its owner may do where it is an article. */
function unreadFile(path: string, preset: Preset, isIgnored: (path: string) => boolean): UnreadFile {
  const name = fileNameOf(path)
  const extension = extensionOf(name)
  const as = (kind: UnreadKind, what: string, hint: string): UnreadFile => ({ path, kind, what, hint })
  if (articleFormatOf(path, preset.markdown) !== null) {
    if (isIgnored(path))
      return as(
        'ignored',
        'left out by `ignore`, or by the rules of its system',
        'Take it out of `ignore` if it is to be read.',
      )
    if (preset.content.some(({ match }) => matchesGlob(match, path)))
      return as(
        'ignored',
        `among the articles of ${preset.name}, and none to it`,
        'Nothing is to be done where it is the page of a section: what it says of the articles below is read.',
      )
    const where = preset.content
      .map(({ match }) => match)
      .slice(0, 3)
      .join(', ')
    return as(
      'elsewhere',
      `outside of where ${preset.name} keeps articles (${where})`,
      'Move it there, or write `include` into broadsheet.toml; `--preset none` reads every file.',
    )
  }
  if (Object.hasOwn(formats, extension)) {
    const what = formats[extension]!
    return as('format', what, cures[what] ?? usualCure)
  }
  if (archive.test(name)) return as('archive', 'an archive', 'Unpack it: what lies in it is read then.')
  if (extension === '' && !serviceNames.test(name))
    return as('nameless', 'without an extension', 'If it is an article, add .txt or .md to its name.')
  const type = mediaTypeOf(path)
  if (type !== null && !(service.test(name) && /^text\/(?:csv|plain)/.test(type)))
    return /^(?:image|audio|video|text\/vtt)/.test(type) || extension === 'srt'
      ? as('media', 'a picture, sound or film', 'An article that shows it publishes it.')
      : as('media', 'a file to be kept', 'An article that leads to it publishes it.')
  if (service.test(name) || serviceNames.test(name))
    return as('service', 'settings, data, styles or a program', 'Nothing is to be done.')
  return as('unknown', `.${extension}`, 'If it is an article, save it as .md, .html or .txt.')
}
