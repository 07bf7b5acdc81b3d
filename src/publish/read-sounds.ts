import { sanitiseBody } from '../html/sanitise.ts'
import { readJsonChapters } from '../media/chapter-lists.ts'
import { readMedia } from '../media/read-media.ts'
import { captionCues, jsonCues, passagesOf } from '../media/transcript.ts'
import { mediaTypeOf } from '../model/formats.ts'
import { embeddedCoverPath, soundOfCover } from '../model/media-address.ts'
import type { CaptionFile, FoundTranscript, MediaReading, SoundFile } from '../model/media-facts.ts'
import type { ParseContext } from '../model/reading.ts'
import type { Site } from '../model/site.ts'
import { isSourceError, readParts, type Source, type SourceFile } from '../model/source.ts'
import { findKeptBackText } from '../parse/kept-back-text.ts'
import { parseSound } from '../parse/sound.ts'
import { clockOf } from '../text/clock-of.ts'
import type { Digest } from '../text/digests.ts'
import { escapeHtmlText } from '../text/escape.ts'
import { fingerprintOf } from '../text/fingerprint.ts'
import { matchesGlob } from '../text/globs.ts'
import { inTurns } from '../text/in-turns.ts'
import { canonicalLanguage } from '../text/language.ts'
import { fileNameOf } from '../text/urls.ts'
import { completeReading, type FileReading, trackDependencies } from './file-reading.ts'

/** The sound and film of a folder, with what lies beside each file. */
export interface Sounds {
  files: SourceFile[]
  /** By path. */
  byPath: ReadonlyMap<string, SoundFile>
  /** Captions that stand beside none of them, by path. */
  captions: ReadonlyMap<string, CaptionFile>
  /** Files that have the name of another file, and its folder: `ep1.mp3` for `ep1.md`. */
  beside(path: string): string[]
  /** The one that has a name, in whatever folder. */
  named(name: string): string | undefined
  /** Whether a file belongs to a sound as its transcript, so that it is no article. */
  isTranscript(path: string): boolean
}

const unreadable = 'unreadable'
/** Whether a sound could not be read when it was looked at last. */
export const wasUnreadable = ({ state }: SoundFile) => state.endsWith(` ${unreadable}`)

/** Files read at once. */
const atOnce = 8
/** Bytes of a transcript or a list of chapters; a spoken hour has 80,000. */
const longestNotes = 1_000_000

/** What stands beside a sound and belongs to it: `.vtt`, `.de.srt`, `.transcript.html`, `.chapters.json`. */
const besideForm =
  /^(?:\.([a-z]{2,3}(?:-[a-z\d]{2,8})*))?(?:\.(transcript|chapters))?\.(vtt|srt|json|html?|txt)$/i
const transcriptTypes: Record<string, string> = {
  vtt: 'text/vtt',
  srt: 'application/x-subrip',
  json: 'application/json',
  html: 'text/html',
  htm: 'text/html',
  txt: 'text/plain',
}

export const isSoundPath = (path: string) => /^(?:audio|video)\//.test(mediaTypeOf(path) ?? '')
/** A name without its extension, by which files belong together. Some file systems hand out decomposed letters, so: in NFC. */
export const stemOf = (path: string) => path.normalize('NFC').replace(/\.[^./]*$/, '')

/** Which files of a folder are sound, and which others stand beside them; nothing is read. */
export function findSounds(files: readonly SourceFile[]): {
  sounds: SourceFile[]
  beside: Map<string, SourceFile[]>
  companions: Map<string, SourceFile[]>
} {
  const sounds = files.filter(({ path }) => isSoundPath(path))
  const beside = new Map<string, SourceFile[]>()
  for (const file of sounds) {
    const stem = stemOf(file.path)
    beside.set(stem, [...(beside.get(stem) ?? []), file])
  }
  const companions = new Map<string, SourceFile[]>()
  if (sounds.length === 0) return { sounds, beside, companions }
  const isNotes = new Set(
    files.flatMap(({ path }) => (/\.(?:md|markdown|mdown|mkd)$/i.test(path) ? stemOf(path) : [])),
  )
  for (const file of files) {
    const stem = stemWithSound(file.path, beside)
    if (stem === null) continue
    const rest = file.path.normalize('NFC').slice(stem.length)
    const [, , kind, extension = ''] = besideForm.exec(rest) ?? []
    const isPicture = /^\.(?:jpe?g|png)$/i.test(rest)
    // Text alone beside a sound is its notes; beside notes in Markdown, or by its name, what is said in it.
    const isText = /^(?:html?|txt)$/i.test(extension)
    if (!isPicture && (extension === '' || (isText && !kind && !isNotes.has(stem)))) continue
    companions.set(stem, [...(companions.get(stem) ?? []), file])
  }
  return { sounds, beside, companions }
}

/** `a/ep1` for `a/ep1.de.vtt` where there is an `a/ep1.mp3`; names may have dots of their own. */
function stemWithSound(path: string, beside: ReadonlyMap<string, unknown>): string | null {
  for (let stem = stemOf(path), dots = 0; dots < 3; dots++) {
    if (beside.has(stem)) return stem
    const shorter = stemOf(stem)
    if (shorter === stem) return null
    stem = shorter
  }
  return null
}

/** Reads each sound that its stamp does not know already. */
export async function readSounds(
  source: Source,
  site: Site,
  files: SourceFile[],
  knownSound: (path: string) => SoundFile | undefined,
  knownCaptions: (path: string) => CaptionFile | undefined = () => undefined,
): Promise<Sounds> {
  const { sounds, companions } = findSounds(files)
  const byPath = new Map<string, SoundFile>()
  const pending: SourceFile[] = []
  for (const file of sounds) {
    const known = knownSound(file.path)
    const state = stateOf(file, companions)
    if (known && state !== null && known.state === state) byPath.set(file.path, known)
    else pending.push(file)
  }
  await inTurns(pending, atOnce, async file => {
    byPath.set(file.path, await readSound(source, site, file, companions))
  })
  const keptBack = new Set([...byPath.values()].flatMap(sound => sound.keptBack))
  const transcripts = new Set([...companions.values()].flat().map(({ path }) => path))
  return {
    files: sounds,
    byPath,
    captions: await readCaptions(
      source,
      site,
      files.filter(({ path }) =>
        transcripts.has(path) ? keptBack.has(path) : sounds.length > 0 && isCaptions(path),
      ),
      knownCaptions,
    ),
    beside: soundsBeside(sounds.map(({ path }) => path)),
    named: soundsNamed(sounds.map(({ path }) => path)),
    // What is not to be read yet is an article that is withheld, so that it is told of.
    isTranscript: path => transcripts.has(path) && !keptBack.has(path),
  }
}

const isCaptions = (path: string) => /\.(?:vtt|srt)$/i.test(path)

/** Captions in a folder of their own, say: whether an article names them shows later. */
async function readCaptions(
  source: Source,
  site: Site,
  files: SourceFile[],
  known: (path: string) => CaptionFile | undefined,
): Promise<Map<string, CaptionFile>> {
  const found = new Map<string, CaptionFile>()
  for (const file of files) {
    const { path, size, stamp } = file
    const state = stamp === null ? null : fingerprintOf([path, size, stamp])
    const before = known(path)
    if (state !== null && before?.state === state) found.set(path, before)
    else found.set(path, { ...(await readCaption(source, site, file)), state: state ?? `${path} ${size}` })
  }
  return found
}

async function readCaption(
  source: Source,
  site: Site,
  { path, size }: SourceFile,
): Promise<Pick<CaptionFile, 'transcript' | 'keptBack'>> {
  const nothing = { transcript: null, keptBack: false }
  if (size > longestNotes) return nothing
  const [, language, extension = ''] = /(?:\.([a-z]{2,3}(?:-[a-z\d]{2,8})*))?\.(vtt|srt)$/i.exec(path) ?? []
  try {
    const bytes = await source.read(path)
    if (findKeptBackText({ path, bytes }, site) !== null) return { ...nothing, keptBack: true }
    const html = transcriptHtml(new TextDecoder().decode(bytes), extension.toLowerCase())
    const type = transcriptTypes[extension.toLowerCase()]
    if (!html || !type) return nothing
    const transcript = { path, type, language: language ? canonicalLanguage(language) : null, html }
    return { transcript, keptBack: false }
  } catch (error) {
    if (isSourceError(error)) return nothing
    throw error
  }
}

/** Null where a stamp is unknown: read always. */
function stateOf(file: SourceFile, companions: Map<string, SourceFile[]>): string | null {
  const all = [file, ...(companions.get(stemOf(file.path)) ?? [])]
  if (all.some(({ stamp }) => stamp === null)) return null
  return fingerprintOf(all.flatMap(({ path, size, stamp }) => [path, size, stamp]))
}

async function readSound(
  source: Source,
  site: Site,
  file: SourceFile,
  companions: Map<string, SourceFile[]>,
): Promise<SoundFile> {
  const reading = await readBytes(source, file)
  // One that cannot be read just now is read again at the next look, and whoever shows it with it.
  const isUnreadable = 'fault' in reading && reading.fault === 'unreadable'
  const state = stateOf(file, companions) ?? `${file.path} ${file.size}`
  const sound: SoundFile = {
    reading,
    transcripts: [],
    chapters: null,
    cover: null,
    problems: [],
    keptBack: [],
    state: isUnreadable ? `${state} ${unreadable}` : state,
  }
  const stem = stemOf(file.path)
  for (const companion of companions.get(stem) ?? [])
    await readCompanion(source, site, companion, stem, sound)
  // The episode's own language first.
  sound.transcripts.sort((a, b) => Number(a.language !== null) - Number(b.language !== null))
  return sound
}

async function readBytes(source: Source, file: SourceFile): Promise<MediaReading> {
  try {
    return await readMedia({ size: file.size, read: readParts(source, file) })
  } catch (error) {
    if (isSourceError(error)) return { fault: 'unreadable' }
    throw error
  }
}

async function readCompanion(
  source: Source,
  site: Site,
  { path, size }: SourceFile,
  stem: string,
  sound: SoundFile,
): Promise<void> {
  const rest = path.normalize('NFC').slice(stem.length)
  const [, language, kind, extension = ''] = besideForm.exec(rest) ?? []
  if (extension === '') {
    sound.cover ??= path
    return
  }
  const problem = (message: string) => void sound.problems.push({ path, message })
  if (size > longestNotes)
    return problem(`it has ${size.toLocaleString('en')} bytes, which is no list of what is said`)
  let bytes: Uint8Array
  try {
    bytes = await source.read(path)
  } catch (error) {
    if (isSourceError(error)) return problem('it cannot be read')
    throw error
  }
  const sign = findKeptBackText({ path, bytes }, site)
  if (sign !== null) {
    sound.keptBack.push(path)
    return problem(`${sign}: it is not published`)
  }
  const text = new TextDecoder().decode(bytes)
  const list = extension === 'json' && kind !== 'transcript' ? readJsonChapters(text) : null
  if (list) {
    sound.chapters ??= { path, list }
    return
  }
  if (kind === 'chapters')
    return problem('it holds no list of chapters ({"version": "1.2.0", "chapters": […]})')
  const html = transcriptHtml(text, extension.toLowerCase())
  if (html === null) return problem('nothing in it is a passage with its time')
  const transcript: FoundTranscript = {
    path,
    type: transcriptTypes[extension.toLowerCase()]!,
    language: language ? canonicalLanguage(language) : null,
    html,
  }
  sound.transcripts.push(transcript)
}

/** Null where there is nothing to show. */
export function transcriptHtml(text: string, extension: string): string | null {
  if (/^html?$/.test(extension))
    return (
      sanitiseBody(text, {
        resolve: href => ({ url: URL.parse(href)?.href ?? null, media: null, problem: null }),
      }).html || null
    )
  if (extension === 'txt') {
    const paragraphs = text
      .trim()
      .split(/\n\s*\n/)
      .filter(Boolean)
    return paragraphs.map(paragraph => `<p>${escapeHtmlText(paragraph)}</p>`).join('\n') || null
  }
  const cues = extension === 'json' ? jsonCues(text) : captionCues(text)
  if (!cues || cues.length === 0) return null
  const taken = new Set<number>()
  return passagesOf(cues)
    .map(({ start, speaker, text }) => {
      const second = Math.floor(start)
      const mark = taken.has(second) ? '' : ` id="t${second}"`
      taken.add(second)
      const who = speaker ? `<b>${escapeHtmlText(speaker)}:</b> ` : ''
      return `<p${mark}><a href="#t${second}">${clockOf(second)}</a> ${who}${escapeHtmlText(text)}</p>`
    })
    .join('\n')
}

/** The picture in a sound as a file that can be published; undefined where the path names none. */
export function coverInSound(
  path: string,
  fileAt: (path: string) => SourceFile | undefined,
  soundAt: (path: string) => SoundFile | undefined,
): SourceFile | undefined {
  const named = soundOfCover(path)
  const file = named === null ? undefined : fileAt(named)
  const reading = file && soundAt(file.path)?.reading
  const cover = reading && 'facts' in reading ? reading.facts.cover : null
  if (!file || !cover || embeddedCoverPath(named!, cover.type) !== path) return undefined
  const { size, stamp } = file
  return { path, size: cover.length, stamp, inside: { path: file.path, size, cover } }
}

/** Finds the sound that has a file's name, and its folder. */
export function soundsBeside(paths: Iterable<string>): (path: string) => string[] {
  const byStem = new Map<string, string[]>()
  for (const path of paths) byStem.set(stemOf(path), [...(byStem.get(stemOf(path)) ?? []), path])
  return path => byStem.get(stemOf(path))?.filter(sound => sound !== path) ?? []
}

/** Finds the sound that has a name, in whatever folder and in whatever case; of several the first. */
export function soundsNamed(paths: Iterable<string>): (name: string) => string | undefined {
  const key = (name: string) => name.normalize('NFC').toLowerCase()
  const byName = new Map<string, string>()
  for (const path of paths) if (!byName.has(key(fileNameOf(path)))) byName.set(key(fileNameOf(path)), path)
  return name => byName.get(key(name))
}

/**
 * The sounds that are episodes by themselves. In a podcast those that no article names; in a folder of nothing but sound,
 * too. Of one sound in several formats one is the episode, and has the others with it.
 * @param asked paths that articles name
 */
export function loneSounds(
  { files }: Sounds,
  site: Pick<Site, 'ignore' | 'preset'>,
  asked: Iterable<string>,
): Set<string> {
  const claimed = new Set([...asked].map(path => path.normalize('NFC')))
  // Of one sound in several formats, notes may name one.
  const claimedStems = new Set(
    files.flatMap(({ path }) => (claimed.has(path.normalize('NFC')) ? [stemOf(path)] : [])),
  )
  const ignored = [...site.ignore, ...site.preset.ignore]
  const firsts = new Map<string, string>()
  for (const { path } of files) {
    const isFree = !claimedStems.has(stemOf(path)) && !ignored.some(glob => matchesGlob(glob, path))
    if (isFree && site.preset.content.length === 0 && !firsts.has(stemOf(path)))
      firsts.set(stemOf(path), path)
  }
  return new Set(firsts.values())
}

/** The reading of a sound, by which it is remembered. @param alone whether it is an episode by itself */
export async function readLoneSound(
  file: SourceFile,
  sound: SoundFile,
  alone: boolean,
  context: Pick<ParseContext, 'site' | 'media' | 'soundsBeside'>,
  digest: Digest,
): Promise<FileReading> {
  const { asked, media } = trackDependencies(context)
  const { site, soundsBeside = () => [] } = context
  const boilerplate = () => new Map<string, never>()
  const parsed = alone
    ? parseSound(file.path, sound, { site, media, soundsBeside, boilerplate })
    : { article: null, diagnostics: [] }
  return { ...(await completeReading({ file, ...parsed, asked: [...asked] }, site.url, digest)), sound }
}
