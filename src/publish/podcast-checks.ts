import { imageHeaderBytes } from '../media/image-size.ts'
import {
  categoryNames,
  coverFaults,
  directoryTypes,
  isCoverSized,
  isPodcastCategory,
  longestDescription,
  longestEpisode,
} from '../media/podcast-rules.ts'
import type { Article } from '../model/article.ts'
import { diagnose } from '../model/diagnostic.ts'
import { isPlayable } from '../model/formats.ts'
import { type PodcastSettings, type Site, showOf } from '../model/site.ts'
import { isSourceError, type Source, type SourceFile } from '../model/source.ts'
import { clockOf } from '../text/clock-of.ts'
import { nearestName } from '../text/nearest-name.ts'
import type { FileReading } from './file-reading.ts'
import type { SettingDiagnostic } from './site-files.ts'

interface Show {
  /** The table that makes it one, dots between tables. */
  setting: string
  podcast: PodcastSettings
  description: string
  /** Its cover, and the setting that names it. */
  cover: { setting: string; picture: string } | null
}

/** The publication's own show, and those of its feeds. */
function showsOf(site: Site): Show[] {
  const { description, logo } = site
  const show = (setting: string, podcast: PodcastSettings, given: [string, string | null | undefined][]) => {
    const [named] = [
      ...given,
      ['podcast.image', site.podcast.image] as const,
      ['logo', logo] as const,
    ].filter((entry): entry is [string, string] => typeof entry[1] === 'string')
    return { setting, podcast, description, cover: named ? { setting: named[0], picture: named[1] } : null }
  }
  const main = showOf(site, null)
  return [
    ...(main ? [show('podcast', main, [])] : []),
    ...site.feeds.flatMap((rule, index) => {
      const setting = `feeds.${index}.podcast`
      const podcast = rule.podcast ? showOf(site, rule) : null
      if (!podcast) return []
      const images: [string, string | null | undefined][] = [
        [`${setting}.image`, rule.podcast?.image],
        [`feeds.${index}.image`, rule.image],
      ]
      return [{ ...show(setting, podcast, images), description: rule.description ?? description }]
    }),
  ]
}

const inFolder = (picture: string) => (/^https?:\/\//i.test(picture) ? null : picture.replace(/^\.?\//, ''))

/** What is wrong with the covers of shows that lie in the folder: each is read once, and remembered by its stamp as articles are. */
export async function readCovers(
  source: Source,
  site: Site,
  fileAt: (path: string) => SourceFile | undefined,
  knownCover: (file: SourceFile) => string[] | undefined,
): Promise<FileReading[]> {
  const paths = showsOf(site).flatMap(({ cover }) => (cover && inFolder(cover.picture)) ?? [])
  const files = new Set(paths.flatMap(path => fileAt(path) ?? []))
  return Promise.all([...files].map(file => readCover(source, file, knownCover)))
}

async function readCover(
  source: Source,
  file: SourceFile,
  knownCover: (file: SourceFile) => string[] | undefined,
): Promise<FileReading> {
  const known = knownCover(file)
  const made = { file, article: null, diagnostics: [], digests: null, links: [], asked: [] }
  if (known) return { ...made, cover: known }
  try {
    const range = { start: 0, end: Math.max(0, Math.min(file.size, imageHeaderBytes) - 1) }
    return { ...made, cover: coverFaults(await source.read(file.path, { range }), file.path) }
  } catch (error) {
    if (isSourceError(error)) return { ...made, cover: ['cannot be read'] }
    throw error
  }
}

export type CoverReading = Pick<FileReading, 'file' | 'cover'>

/** What directories will find wanting in its shows, one rule after the other. Nothing for a publication that is no podcast. */
export function podcastFindings(
  site: Site,
  articles: Article[],
  covers: readonly CoverReading[],
): SettingDiagnostic[] {
  const shows = showsOf(site)
  if (shows.length === 0) return []
  return [
    ...shows.flatMap(show => showFindings(show, covers)),
    ...episodeFindings(articles),
    ...(site.podcast.declared ? silentArticles(articles) : []),
  ]
}

function showFindings(
  { setting, podcast, description, cover }: Show,
  covers: readonly CoverReading[],
): SettingDiagnostic[] {
  const findings: SettingDiagnostic[] = []
  const find = (at: string, message: string, hint?: string, path = 'broadsheet.toml') => {
    findings.push({ ...diagnose('podcast-wanting', { path }, message, hint), setting: at })
  }
  if (podcast.categories.length === 0)
    find(
      setting,
      'The show has no category; directories ask for one.',
      'Add `category = "…"` to its podcast table.',
    )
  for (const category of podcast.categories.filter(name => !isPodcastCategory(name))) {
    const meant = nearestName(category, categoryNames)
    find(
      `${setting}.category`,
      `"${category}" is not a category of Apple’s.`,
      meant ? `Did you mean "${meant}"?` : undefined,
    )
  }
  if (!cover)
    find(
      setting,
      'The show has no cover; directories ask for one.',
      'Put a square cover.jpg of 1400 to 3000 pixels a side into the folder.',
    )
  const path = cover ? inFolder(cover.picture) : null
  const reading = covers.find(({ file }) => file.path.normalize('NFC') === path?.normalize('NFC'))
  for (const fault of reading?.cover ?? [])
    find(
      cover!.setting,
      `The cover ${fault}.`,
      'Directories take square covers of 1400 to 3000 pixels a side, RGB, as JPEG or PNG.',
      path!,
    )
  const bytes = new TextEncoder().encode(description).length
  if (bytes > longestDescription)
    find('description', `The description has ${bytes} bytes; directories take ${longestDescription}.`)
  return findings
}

function episodeFindings(articles: Article[]): SettingDiagnostic[] {
  const owners = new Map<string, Article>()
  const odd: string[] = []
  const findings: SettingDiagnostic[] = []
  const find = ({ path }: Article, message: string, hint: string) => {
    findings.push({ ...diagnose('podcast-wanting', { path }, message, hint), setting: 'podcast' })
  }
  for (const article of articles) {
    const sounds = article.enclosures.filter(isPlayable)
    const [sound] = sounds
    if (!sound) continue
    const other = owners.get(sound.url)
    if (other)
      find(
        article,
        `${article.path} and ${other.path} have the same sound, ${sound.url}: directories take them for one episode.`,
        'Give each episode a file of its own.',
      )
    else owners.set(sound.url, article)
    const { width, height } = article.episode?.image ?? {}
    if (width && height && !isCoverSized({ width, height }))
      odd.push(`${article.path} (${width} by ${height})`)
    if (!sounds.some(({ type }) => directoryTypes.test(type)))
      find(
        article,
        `The sound of ${article.path} is ${sound.type}, which Apple does not take.`,
        `Put an ${sound.type.startsWith('video/') ? 'MP4' : 'MP3 or M4A'} of the same name beside it.`,
      )
    if ((sound.duration ?? 0) > longestEpisode)
      find(
        article,
        `The sound of ${article.path} is ${clockOf(sound.duration!)} long; Spotify takes 12 hours.`,
        'Make two episodes of it.',
      )
    if (sound.length === null)
      find(
        article,
        `The length of ${sound.url} in bytes is not known; directories ask for it.`,
        'Say it in front matter: `length: 12345678`.',
      )
  }
  return odd.length === 0 ? findings : [...findings, oddPictures(odd)]
}

/** What is said of shows whose feed does not hold all of them. @param shows by name, with the articles in the feed and all there are */
export function cutFindings(
  shows: readonly { name: string; held: number; all: number }[],
): SettingDiagnostic[] {
  return shows.map(({ name, held, all }) => {
    const message = `The feed of "${name}" has room for ${held} of ${all} episodes; directories delete the others.`
    return {
      ...diagnose('podcast-cut', { path: 'broadsheet.toml' }, message),
      setting: 'max_feed_bytes',
    }
  })
}

/** All in one: whoever puts small pictures into sounds puts them into all. */
function oddPictures(odd: string[]): SettingDiagnostic {
  const message = `Apple shows the show’s cover in place of pictures of episodes that are not square or not of 1400 to 3000 pixels a side: ${someOf(odd)}.`
  const hint = 'Put a larger square picture of the sound’s name beside it, `ep1.jpg`; or leave it so.'
  return {
    ...diagnose('episode-picture-small', { path: 'broadsheet.toml' }, message, hint),
    setting: 'podcast',
  }
}

/** Notes whose sound was forgotten look like any article. */
function silentArticles(articles: Article[]): SettingDiagnostic[] {
  const silent = articles.filter(({ enclosures }) => !enclosures.some(isPlayable)).map(({ path }) => path)
  if (silent.length === 0) return []
  const message = `Directories leave out articles without sound: ${someOf(silent)}.`
  const hint =
    'Name the sound in front matter (`audio: ep1.mp3`), or call it as the article is called; or leave it so.'
  return [{ ...diagnose('episode-silent', { path: 'broadsheet.toml' }, message, hint), setting: 'podcast' }]
}

function someOf(names: string[]): string {
  const more = names.length > 3 ? ` and ${names.length - 3} more` : ''
  return names.slice(0, 3).join(', ') + more
}
