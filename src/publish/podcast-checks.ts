import { imageHeaderBytes } from '../media/image-size.ts'
import {
  categoryNames,
  coverFaults,
  directoryTypes,
  isPodcastCategory,
  longestDescription,
} from '../media/podcast-rules.ts'
import type { Article } from '../model/article.ts'
import { diagnose } from '../model/diagnostic.ts'
import { isPlayable } from '../model/formats.ts'
import type { Site } from '../model/site.ts'
import { isSourceError, type Source, type SourceFile } from '../model/source.ts'
import { nearestName } from '../text/nearest-name.ts'
import type { FileReading } from './file-reading.ts'
import type { SettingDiagnostic } from './site-files.ts'

/** Where a show's cover lies in the folder; null where it lies elsewhere, or there is none. */
export function coverPath({ podcast, logo }: Pick<Site, 'podcast' | 'logo'>): string | null {
  const cover = podcast.declared ? (podcast.image ?? logo) : null
  return cover === null || /^https?:\/\//i.test(cover) ? null : cover.replace(/^\.?\//, '')
}

/** What is wrong with the cover: read once, and remembered by its stamp as articles are. */
export async function readCover(
  source: Source,
  site: Site,
  fileAt: (path: string) => SourceFile | undefined,
  knownCover: (file: SourceFile) => string[] | undefined,
): Promise<FileReading | null> {
  const path = coverPath(site)
  const file = path === null ? undefined : fileAt(path)
  if (!file) return null
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

/** What directories will find wanting in a show, one rule after the other. Nothing for a publication that is no podcast. */
export function podcastFindings(
  site: Site,
  articles: Article[],
  cover: Pick<FileReading, 'file' | 'cover'> | null,
): SettingDiagnostic[] {
  const { podcast } = site
  if (!podcast.declared) return []
  const findings: SettingDiagnostic[] = []
  const find = (setting: string, message: string, hint?: string) => {
    const place = { path: cover?.file.path ?? 'broadsheet.toml' }
    findings.push({ ...diagnose('podcast-wanting', place, message, hint), setting })
  }
  if (podcast.categories.length === 0)
    find(
      'podcast',
      'The show has no category; directories ask for one.',
      'Add `category = "…"` to [podcast].',
    )
  for (const category of podcast.categories.filter(name => !isPodcastCategory(name))) {
    const meant = nearestName(category, categoryNames)
    find(
      'podcast.category',
      `"${category}" is not a category of Apple’s.`,
      meant ? `Did you mean "${meant}"?` : undefined,
    )
  }
  if ((podcast.image ?? site.logo) === null)
    find(
      'podcast',
      'The show has no cover; directories ask for one.',
      'Put a square cover.jpg of 1400 to 3000 pixels a side into the folder.',
    )
  for (const fault of cover?.cover ?? [])
    find(
      podcast.image === null ? 'logo' : 'podcast.image',
      `The cover ${fault}.`,
      'Directories take square covers of 1400 to 3000 pixels a side, RGB, as JPEG or PNG.',
    )
  const bytes = new TextEncoder().encode(site.description).length
  if (bytes > longestDescription)
    find('description', `The description has ${bytes} bytes; directories take ${longestDescription}.`)
  findings.push(...episodeFindings(articles))
  return findings
}

function episodeFindings(articles: Article[]): SettingDiagnostic[] {
  const owners = new Map<string, Article>()
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
    if (!sounds.some(({ type }) => directoryTypes.test(type)))
      find(
        article,
        `The sound of ${article.path} is ${sound.type}, which Apple does not take.`,
        'Put an MP3 or M4A of the same name beside it.',
      )
    if (sound.length === null)
      find(
        article,
        `The length of ${sound.url} in bytes is not known; directories ask for it.`,
        'Say it in front matter: `length: 12345678`.',
      )
  }
  return findings
}
