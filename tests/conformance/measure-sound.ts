import { execFileSync } from 'node:child_process'
import {
  closeSync,
  mkdirSync,
  mkdtempSync,
  openSync,
  readSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { extname, join } from 'node:path'
import { readMedia } from '../../src/media/read-media.ts'
import type { MediaReading } from '../../src/model/media-facts.ts'

/*
 * Reads two hundred made files of known truth and says how far we are from it: `node tests/conformance/measure-sound.ts`.
 * Wants ffmpeg. `--keep DIR` keeps the files.
 */

interface Truth {
  /** Seconds. */
  length: number
  chapters: number
  cover: boolean
  /** Whether a header says how long it is. */
  header: boolean
}

interface Kind {
  name: string
  extension: string
  arguments: string[]
  header?: boolean
  cover?: boolean
  /** Where ffmpeg leaves chapters out, or writes them a second late (Opus), they are written as comments; or they can't be written. */
  chapters?: 'comments' | 'none'
}

const kinds: Kind[] = [
  { name: 'mp3-cbr', extension: 'mp3', arguments: ['-b:a', '64k'], cover: true },
  { name: 'mp3-vbr', extension: 'mp3', arguments: ['-q:a', '5'], cover: true },
  { name: 'mp3-cbr-bare', extension: 'mp3', arguments: ['-b:a', '64k', '-write_xing', '0'], header: false },
  { name: 'mp3-vbr-bare', extension: 'mp3', arguments: ['-q:a', '5', '-write_xing', '0'], header: false },
  { name: 'mp3-24k', extension: 'mp3', arguments: ['-ar', '24000', '-b:a', '48k'] },
  { name: 'm4a', extension: 'm4a', arguments: ['-b:a', '64k'], cover: true },
  {
    name: 'm4a-faststart',
    extension: 'm4a',
    arguments: ['-b:a', '64k', '-movflags', '+faststart'],
    cover: true,
  },
  { name: 'm4b', extension: 'm4b', arguments: ['-b:a', '48k', '-f', 'ipod'] },
  { name: 'opus', extension: 'opus', arguments: ['-c:a', 'libopus', '-b:a', '32k'], chapters: 'comments' },
  { name: 'ogg', extension: 'ogg', arguments: ['-c:a', 'libvorbis', '-q:a', '1'], chapters: 'comments' },
  { name: 'flac', extension: 'flac', arguments: [], cover: true, chapters: 'comments' },
  { name: 'wav', extension: 'wav', arguments: ['-c:a', 'pcm_s16le'], chapters: 'none' },
]

const perKind = 17
const folder = process.argv.includes('--keep')
  ? process.argv[process.argv.indexOf('--keep') + 1]!
  : mkdtempSync(join(tmpdir(), 'broadsheet-sound-'))
mkdirSync(folder, { recursive: true })

const ffmpeg = (...given: string[]) => execFileSync('ffmpeg', ['-v', 'error', '-y', ...given])
const cover = join(folder, 'cover.jpg')
ffmpeg('-f', 'lavfi', '-i', 'mandelbrot=s=1400x1400', '-frames:v', '1', '-q:v', '3', cover)

/** From seconds to eight minutes, and sound that is not alike throughout. */
const lengths = Array.from({ length: perKind }, (_, index) => 3 + index * index * 2 + (index % 3) * 0.25)

const files: { path: string; kind: Kind; truth: Truth }[] = []
for (const [index, length] of lengths.entries()) {
  const source = join(folder, `source-${index}.wav`)
  const sound = `sine=f=${200 + index * 50}:d=${length / 2},volume=0.5[a];anoisesrc=a=0.2:d=${length / 2}[b];[a][b]concat=n=2:v=0:a=1`
  ffmpeg('-f', 'lavfi', '-i', sound, '-ar', '44100', '-ac', index % 2 ? '1' : '2', source)
  const chapters = index % 4
  const notes = join(folder, `notes-${index}.txt`)
  writeFileSync(notes, notesOf(index, length, chapters))
  for (const kind of kinds) {
    const path = join(folder, `${kind.name}-${index}.${kind.extension}`)
    const pictured = kind.cover === true && index % 2 === 0
    ffmpeg(
      ...['-i', source, '-i', notes],
      ...(pictured
        ? ['-i', cover, '-map', '0', '-map', '2', '-c:v', 'copy', '-disposition:v', 'attached_pic']
        : ['-map', '0']),
      ...['-map_metadata', '1', '-map_chapters', kind.chapters === 'comments' ? '-1' : '1'],
      ...(kind.chapters === 'comments' ? chapterComments(length, chapters) : []),
      ...kind.arguments,
      path,
    )
    const truth = {
      length,
      chapters: kind.chapters === 'none' ? 0 : chapters,
      cover: pictured,
      header: kind.header ?? true,
    }
    files.push({ path, kind, truth })
  }
  rmSync(source)
}

function notesOf(index: number, length: number, chapters: number): string {
  const part = (length * 1000) / Math.max(1, chapters)
  const marks = Array.from({ length: chapters }, (_, at) => {
    const [start, end] = [Math.round(at * part), Math.round((at + 1) * part)]
    return `[CHAPTER]\nTIMEBASE=1/1000\nSTART=${start}\nEND=${end}\ntitle=Part ${at + 1}, «é»\n`
  })
  return `;FFMETADATA1\ntitle=Episode ${index + 1}: é\nartist=Broadsheet\nalbum=Made sound\ntrack=${index + 1}/20\ndate=2026-03-04\n${marks.join('')}`
}

/** As people write them into Vorbis' comments. */
function chapterComments(length: number, chapters: number): string[] {
  return Array.from({ length: chapters }, (_, at) => {
    const start = new Date((at * length * 1000) / chapters).toISOString().slice(11, 23)
    const name = `CHAPTER${String(at + 1).padStart(3, '0')}`
    return ['-metadata', `${name}=${start}`, '-metadata', `${name}NAME=Part ${at + 1}, «é»`]
  }).flat()
}

interface Measured {
  reading: MediaReading
  bytes: number
  milliseconds: number
}

async function measure(path: string): Promise<Measured> {
  const file = openSync(path, 'r')
  let bytes = 0
  // Of the processor: how busy the machine is with others is no matter.
  const began = process.cpuUsage()
  const reading = await readMedia({
    size: statSync(path).size,
    async read(start, length) {
      const buffer = new Uint8Array(length)
      const read = readSync(file, buffer, 0, length, start)
      bytes += read
      return buffer.subarray(0, read)
    },
  })
  const { user, system } = process.cpuUsage(began)
  const milliseconds = (user + system) / 1000
  closeSync(file)
  return { reading, bytes, milliseconds }
}

// Once for the compiler's sake.
for (const { path } of files.slice(0, kinds.length * 3)) await measure(path)
const wrong: string[] = []
const table = new Map<string, { files: number; off: number; bytes: number; milliseconds: number }>()
for (const { path, kind, truth } of files) {
  const { reading, bytes, milliseconds } = await measure(path)
  const row = table.get(kind.name) ?? { files: 0, off: 0, bytes: 0, milliseconds: 0 }
  table.set(kind.name, row)
  row.files++
  const say = (what: string) => wrong.push(`${path}: ${what}`)
  if (!('facts' in reading)) {
    say(reading.fault)
    continue
  }
  const { facts } = reading
  const off = Math.abs((facts.duration ?? Number.POSITIVE_INFINITY) - truth.length)
  if (off > 0.5) say(`${facts.duration} s in place of ${truth.length}`)
  if (facts.cut) say('said to be cut')
  if (extname(path) !== '.wav' && !facts.tags.title?.endsWith(': é')) say(`title ${facts.tags.title}`)
  if (facts.tags.number === null) say('no number')
  if (facts.chapters.length !== truth.chapters)
    say(`${facts.chapters.length} chapters, ${truth.chapters} made`)
  const part = truth.length / Math.max(1, truth.chapters)
  for (const [at, chapter] of facts.chapters.entries())
    if (Math.abs(chapter.start - at * part) > 0.1 || chapter.title !== `Part ${at + 1}, «é»`)
      say(`chapter ${JSON.stringify(chapter)}`)
  if ((facts.cover !== null) !== truth.cover || (facts.cover && facts.cover.width !== 1400))
    say(`cover ${JSON.stringify(facts.cover)}`)
  row.off = Math.max(row.off, off)
  row.milliseconds = Math.max(row.milliseconds, milliseconds)
  row.bytes = Math.max(row.bytes, bytes)
  if (truth.header && (bytes > 524_288 || milliseconds > 10))
    say(`${bytes} bytes, ${milliseconds.toFixed(1)} ms`)
}
console.log(`${files.length} files`)
console.table(
  [...table].map(([kind, { files, off, bytes, milliseconds }]) => ({
    kind,
    files,
    'off by at most (s)': Number(off.toFixed(3)),
    'KB read at most': Math.round(bytes / 1024),
    'ms of processor at most': Number(milliseconds.toFixed(1)),
  })),
)
for (const line of wrong) console.log(line)
console.log(wrong.length === 0 ? 'All as it was made.' : `${wrong.length} findings.`)
if (!process.argv.includes('--keep')) rmSync(folder, { recursive: true })
process.exitCode = wrong.length === 0 ? 0 : 1
