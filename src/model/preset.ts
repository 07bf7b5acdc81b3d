import type { PermalinkDialect } from '../text/permalink-dialects.ts'
import type { Author } from './article.ts'
import type { Diagnostic } from './diagnostic.ts'
import type { Site } from './site.ts'

/** Systems whose export may lie in a folder: what it holds is read by their rules, the files beside it are anybody's. */
const exportNames = [
  'ghost',
  'wordpress',
  'substack',
  'medium',
  'blogger',
  'movable-type',
  'notion',
  'tumblr',
  'buttondown',
  'beehiiv',
  'feed',
] as const

/** The systems whose folders are read as they stand; `none` is said by the publisher, to be read as any other folder. */
export const presetNames = [
  'jekyll',
  'hugo',
  'zola',
  'eleventy',
  'astro',
  'pelican',
  'hexo',
  'docusaurus',
  'vitepress',
  'quartz',
  'obsidian',
  'mkdocs',
  'gatsby',
  'nuxt',
  'nextjs',
  ...exportNames,
  'none',
] as const

export type PresetName = (typeof presetNames)[number]

/** Which files are articles, and where each is to be read. The first rule that a path matches counts. */
export interface ContentRule {
  /** Glob over paths in the folder. */
  match: string
  /** The folder that `{folders}` of a permalink are counted from: parts of it may be `*`. */
  root: string
  /** Folders that the system puts in front of those between root and file: where the root is mounted. */
  mounted: string[]
  /**
   * Patterns of addresses on the publication (`fillPermalink`), the first that an article can fill; none: Broadsheet's
   * own `/articles/{slug}/`.
   *
   * Between braces: the parts of the date (`year`, `month`, `day`, `i_month`, `i_day`, `y_day`, `week`, `hour`, …), `title`,
   * `slug` (as the file gives it), `name` (the file's, without date), `filename` (with it), `name_date`, `folders`, `folder_stem` (folders and name, one of two that are alike), `last_folder`,
   * `section`, `sections` (those folders that the system calls so), `categories`, `category`, `category_path` (which has to be there), `path`, `dated_path` (Docusaurus's: its date first), `index_of` (the folders above an `index`), `path_name`, `last_name` (an `index` too), `language`, `@key` (front matter). Behind a list `[1]`,
   * `[1:]`, `[last]`: a part of it. After `|` a filter, or several: `raw`, `lower`, `slug`, `plain`, `pretty`, `hugo`, `ascii`,
   * `pelican`, `github` and others of `addressFilters`.
   */
  permalinks: string[]
  /** What stands before addresses in front matter that begin with no slash: `/fr`. */
  relativeTo: string
  /** BCP 47, for the articles that name none. */
  language: string | null
  /** The language's mark in file names, `.fr`, which is not part of the article's name. */
  suffix: string | null
  /** What the system's links call the language, where they may name it and lead to texts in it without that mark. */
  languageKey: string | null
  /** Whether folders are categories: those above the root's last (Jekyll), the one below it, or the last (Pelican). */
  folderCategories: 'above' | 'below' | 'last' | null
  /** The category of articles that have no other. */
  category: string | null
  /** Addresses of articles that say they are in another language than this; null: as the others. */
  inOtherLanguages: { language: string; permalinks: string[] } | null
}

/** A rule with nothing special about it. */
export const contentRule = (rule: Partial<ContentRule> & Pick<ContentRule, 'match'>): ContentRule => ({
  root: '',
  mounted: [],
  permalinks: [],
  relativeTo: '',
  language: null,
  suffix: null,
  languageKey: null,
  folderCategories: null,
  category: null,
  inOtherLanguages: null,
  ...rule,
})

/** Front matter that a system gives to files in a place. */
export interface PresetValues {
  /** Glob over paths in the folder. */
  match: string
  values: Record<string, unknown>
  /** Counts over what the files say themselves. @default under it */
  over?: boolean
  /** Capitals make no difference to the glob. @default they do */
  caseless?: boolean
}

/** What a system's tags and shortcodes may name, so that their value is known without running anything. */
export interface PresetMarkup {
  /** Whose tags stand in the texts, and are meant in code too; `none`: none are tags; null: anybody's, and code stays as it is. */
  family: 'liquid' | 'eleventy' | 'hexo' | 'vue' | 'hugo' | 'tera' | 'none' | null
  /** By the name of the variable's first part: `site`. */
  values: Record<string, unknown>
  /** Texts of the files that tags take in, by the name that a tag says. */
  includes: Record<string, string>
  /** Names that have a value there which only the system knows. */
  own?: string[]
  /**
   * Where attributes without a colon (`{.wide}`) are read, beside behind headings, links, pictures and code: on a line of their own, or at the
   * end of any block as well. @default nowhere: there they are words
   */
  blockAttributes?: 'line' | 'end'
  /** Whether HTML that a tag's template puts among Markdown (`{{% x %}}`) is left out, as what stands there by itself. */
  omitsRawHtml?: true
  /** Whether a list of attributes may name one without a value: `{hidden}`. Of kramdown that is the name of another list. */
  plainAttributes?: true
}

/** Eleventy's data cascade: lists of all levels count together, and layouts have data too. https://www.11ty.dev/docs/data-cascade/ */
export interface DataCascade {
  /** What counts least. */
  globals: Record<string, unknown>
  /** What the layouts hand down, by each name that an article may call them. */
  layouts: Record<string, Record<string, unknown>>
  /** Keys by which a program decides what is left out: an article that has one of them may be. */
  deciding: string[]
}

/**
 * What a site's own program asks of an article, read from its text: data, to be decided for each article. What it asks for and nobody
 * knows is `doubt`; what changes from page to page (the tag of a list, its language) is `varies`.
 */
export type Predicate =
  | { is: 'value'; value: string | number | boolean | null }
  /** Front matter, by its keys. */
  | { is: 'key'; keys: string[] }
  /** What the program calls the article by: made of its path. */
  | { is: 'id'; name: 'id' | 'slug' | 'path' }
  /** Its text, as it was written or as a page has it. */
  | { is: 'body'; name: 'text' | 'html' }
  /** What another program made of the article, by its name for it: Gatsby's `fields`. */
  | { is: 'made'; name: string }
  /** Of a list that is gone through, the entry at hand. */
  | { is: 'entry' }
  | { is: 'now' }
  /** A variable of the environment: nobody knows whether it is set where the site is made. */
  | { is: 'environment' }
  /** Nobody knows; `isText`: but that it is a text. */
  | { is: 'doubt'; of: Predicate[]; isText?: true }
  | { is: 'varies' }
  | { is: 'list' | 'date' | 'not' | 'if'; of: Predicate[] }
  | { is: 'operator' | 'method'; name: string; of: Predicate[] }

/** One condition of a program, with where it stands. */
export interface ProgramFilter {
  predicate: Predicate
  path: string
  line: number
  /** As it is written there, shortened. */
  written: string
  /** What is no condition: a function takes the list, and what it leaves out of it nobody knows. */
  isLost?: true
  /** It compares a day with the present. */
  waits?: true
}

/** What all of a list's articles fulfil. */
export type ProgramFilters = ProgramFilter[]

/** Which articles a site's own programs show, as far as their text says it. An article is shown where one of several lists shows it. */
export interface ProgramRule {
  /** The folder of the articles, from which `id` is counted. */
  root: string
  /** What an id is: the path as addresses have it, the path with its extension, or any of them. */
  ids: 'slug' | 'file' | 'any'
  /** Values that they have where they say nothing, each with where that is said. */
  defaults: Record<string, { value: string | number | boolean; path: string; line: number }>
  /** Of the programs that make the articles' own pages; empty: it has one. */
  pages: ProgramFilters[]
  feeds: ProgramFilters[]
  /** Of pages that name articles: the first one, archives. */
  lists: ProgramFilters[]
}

/** How the folder of one system is read: data, so that what was parsed with it can be told from what was not. */
export interface Preset {
  /** `broadsheet` with a broadsheet.toml and no system's settings, `plain` with neither. */
  name: PresetName | 'broadsheet' | 'plain'
  /** A sentence's end for people: what told the system. */
  why: string
  /** Empty: every file with an article's extension is one. */
  content: ContentRule[]
  /** Globs of what the system itself never publishes. */
  ignore: string[]
  /** The same as sources of regular expressions over paths. */
  ignorePatterns: string[]
  /** Extensions that the system reads as articles; null: all that Broadsheet does. */
  formats: string[] | null
  /** Folders that the system takes for sections although they lie below another. */
  sectionFolders: string[]
  /** The files beside an `index.md` are part of that article, and none of their own. */
  bundles: boolean
  /** The language of address patterns in front matter. */
  dialect: PermalinkDialect | null
  /** Whether addresses given in front matter get a slash at their end (always, or where they have no extension), or lose their `index.html`. */
  addressEnd: 'as-is' | 'slash' | 'slash-or-extension' | 'no-index'
  /** Where the date in a file's name counts before front matter, or where that has none, and what follows it is then the slug; or it is no part of the slug at all; or it is no date. */
  nameDates: 'first' | 'last' | 'never-slug' | 'never' | null
  /** The clock of dates with a time and no zone in YAML: `2026-01-31 09:30:00` without quotation marks is UTC for Ruby. */
  yamlTimes: 'site' | 'utc'
  /** The clock by which addresses name the day: as the date was written, the site's zone, or UTC. */
  addressClock: 'written' | 'site' | 'utc'
  /** Front matter for files that match, under what they say themselves, or over it; later entries count more. */
  defaults: PresetValues[]
  /** The same from the paths themselves: what a group of the expression matches is the value of its name, under everything above. */
  pathMetadata: { pattern: string; of: 'name' | 'path'; root: string }[]
  /** What a file must have to be published. */
  needs: 'front-matter' | 'title' | null
  /** The values of `status` that are shown; null: all but those that say otherwise. */
  shownStatuses: string[] | null
  /** Front matter keys that say no where nothing stands behind them, as Jekyll's `published:` does. */
  emptyIsNo: string[]
  /** Front matter keys by which a plugin of the site hides an article that has them. */
  hidingKeys: string[]
  /** Tags and categories by which a plugin does, unless the article has a `password` of its own that is empty. */
  hidingTerms: string[]
  /** Front matter of single files, by path: rows of a table that goes with them. */
  records: Record<string, Record<string, unknown>>
  /** Null: of several levels the nearer counts, and lists are not joined. */
  cascade: DataCascade | null
  /** What the site's own programs show. */
  programs: ProgramRule[]
  /** Front matter keys that count before all others, by field. */
  firstKeys: Record<string, string[]>
  /** Those that count where no others are found. */
  lastKeys: Record<string, string[]>
  /** Those that alone count, by field: what the system does not know says nothing there, `canonical_url` of an address, say. */
  onlyKeys: Record<string, string[]>
  /** The key by which front matter may name an author → who it is. */
  authors: Record<string, Author>
  /** The key by which front matter may name a tag → what the tag is called. */
  tagNames: Record<string, string>
  /** Whether the system writes titles into its pages as they are: tags in them are tags, and `&amp;` is `&`. */
  titlesAreHtml: boolean
  /** Whether summaries in front matter are Markdown there. */
  summariesAreMarkdown: boolean
  /** What the system's Markdown has beside what is read in every folder. */
  markdownExtras: MarkdownExtra[]
  /** Whether `:tada:` is a picture there. */
  emojiNames: boolean
  /** Whether blocks of HTML in Markdown are left out there, with all that stands in them. */
  omitsRawHtml: boolean
  /** Extensions beside Broadsheet's own, read as Markdown. */
  markdown: string[]
  /** Extensions of articles that this system reads and Broadsheet does not, with the format's name. */
  unread: Record<string, string>
  /** Folders that links from the site's root are looked for in, in this order; empty for the folder itself. */
  roots: string[]
  /** Whether a file's pictures lie in a folder beside it that is called as it is: `trip.md` and `trip/`. */
  assetFolders: boolean
  /** Whether links may name pages without their extension: `./two` is `two.md`. */
  bareLinks: boolean
  /** Paths that the whole site lies below, `/project/`: links may be written with them. */
  bases: string[]
  /** Whether its program puts that path before links from the site's root. */
  linksBelowBase: boolean
  /** Languages whose articles lie below a folder of that name on the site, whatever else gives their address. */
  languageFolders: string[]
  /** Whether the `meta` elements of an HTML page are its front matter. */
  htmlMetadata: boolean
  /** Marks that a link may begin with, `{static}`, `@/`; null: none. */
  linkMarks: 'pelican' | 'zola' | null
  markup: PresetMarkup
  /**
   * The system's feed addresses and ours; `{name}` stands for a collection's. Of several for one address the first whose
   * feed there is counts.
   */
  feeds: { from: string; to: string }[]
  /** What could not be read of the system's settings, or is not known without running them. */
  findings: Diagnostic[]
}

/** Of PHP Markdown Extra: `: definition`, `*[HTML]: …` and `<div markdown="1">`. */
export const markdownExtras = ['definitions', 'abbreviations', 'html-blocks'] as const
/**
 * Kramdown has rules of its own for HTML, and may read Markdown in all of it (`parse_block_html`); since its second version Eleventy's Markdown has no code by indents; Python-Markdown's CodeHilite reads
 * the language of code in its first line; VitePress and Docusaurus take marks out of code.
 */
export type MarkdownExtra =
  | (typeof markdownExtras)[number]
  | 'kramdown-html'
  | 'kramdown-html-throughout'
  | 'python-html'
  | 'indents-are-text'
  | 'code-languages'
  | 'code-marks'

/** Whether another system has rules of its own for the folder. */
export const isOfSystem = ({ name }: Pick<Preset, 'name'>): boolean =>
  name !== 'broadsheet' && name !== 'plain' && name !== 'none'

/** Whether the system says what the keys of front matter mean in its folder. No export does. */
export const hasOwnKeys = ({ name }: Pick<Preset, 'name'>): boolean =>
  isOfSystem({ name }) && !exportNames.some(known => known === name)

/** What an old system's addresses call a collection: `/category/news/` is that of "Latest News". */
export interface FormerTerm {
  kind: 'tag' | 'section' | 'author'
  slug: string
  name: string
}

/** A folder of which nothing is known. */
export const plainPreset: Preset = {
  name: 'plain',
  why: 'no settings file lies in the folder',
  content: [],
  ignore: [],
  ignorePatterns: [],
  formats: null,
  sectionFolders: [],
  bundles: false,
  dialect: null,
  addressEnd: 'as-is',
  nameDates: null,
  yamlTimes: 'site',
  addressClock: 'written',
  defaults: [],
  pathMetadata: [],
  needs: null,
  shownStatuses: null,
  emptyIsNo: [],
  hidingKeys: [],
  hidingTerms: [],
  records: {},
  cascade: null,
  programs: [],
  firstKeys: {},
  lastKeys: {},
  onlyKeys: {},
  authors: {},
  tagNames: {},
  titlesAreHtml: false,
  summariesAreMarkdown: false,
  markdownExtras: [],
  emojiNames: false,
  omitsRawHtml: false,
  markdown: [],
  unread: {},
  roots: ['', 'static', 'public', 'content'],
  assetFolders: false,
  bareLinks: false,
  bases: [],
  linksBelowBase: false,
  languageFolders: [],
  htmlMetadata: false,
  linkMarks: null,
  markup: { family: null, values: {}, includes: {} },
  feeds: [],
  findings: [],
}

/** What recognising a system may look at: names, and the files it asks for by name. */
export interface PresetFolder {
  /** Epoch milliseconds: what settings hide may have an end. */
  now(): number
  /** Names of the files and folders in a folder, hidden ones too, sorted; empty where there is no such folder. */
  names(folder: string): Promise<string[]>
  /** Paths of the files below a folder whose names match, sorted. Hidden folders and those that are links are not looked into. */
  find(folder: string, name: RegExp): Promise<string[]>
  /** A file as UTF-8, or its first bytes; null where there is none. */
  text(path: string, bytes?: number): Promise<string | null>
}

/** What a system's own settings say of the publication. They count after broadsheet.toml and before the defaults. */
export type PresetSettings = {
  [key in 'title' | 'description' | 'url' | 'language' | 'timezone' | 'authors' | 'copyright']?:
    | Site[key]
    | undefined
}

export interface PresetReading {
  preset: Preset
  settings: PresetSettings
}
