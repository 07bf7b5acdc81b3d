import { parentPort, workerData } from 'node:worker_threads'
import type { PresetName } from '../../model/preset.ts'
import type { SourceFile } from '../../model/source.ts'
import { boilerplateIn } from '../../page-text/learn-boilerplate.ts'
import { dateOrderIn } from '../../page-text/learn-date-order.ts'
import {
  createFilesReader,
  type FileReading,
  type FilesContext,
  linksAmong,
} from '../../publish/file-reading.ts'
import { mediaOf } from '../../publish/media-files.ts'
import type { ReadingTask } from '../../publish/parse-workers.ts'
import { readExportFile } from '../../publish/read-exports.ts'
import { soundsBeside, soundsNamed } from '../../publish/read-sounds.ts'
import { folderSource, presetFolder } from '../../source/folder.ts'
import type { ExportKind } from '../../systems/exports/export-kind.ts'
import { recognisePreset } from '../../systems/recognise-preset.ts'
import { lookUpPaths } from '../../text/path-spelling.ts'
import { isAmong } from '../../text/urls.ts'
import { nodeDigest } from './codings.ts'

/* Reads what it is asked for, and answers in the order it was asked: see `readingThreads`. A task has no answer. */
export type ThreadRequest =
  | { task: ReadingTask }
  | { files: SourceFile[] }
  | { file: SourceFile; kind: ExportKind }
  | { chosen: { name: PresetName; from: string } | null }

const { folder } = workerData as { folder: string }
const source = folderSource(folder)
const names = presetFolder(folder, Date.now)
let context: FilesContext | null = null

function contextOf(task: ReadingTask): FilesContext {
  const media = new Map(task.media.map(file => [file.path, file]))
  const mediaAt = lookUpPaths(
    path => media.get(path),
    () => media,
  )
  const sounds = new Map(task.sounds ?? [])
  const captions = new Map(task.captions ?? [])
  const pictures = new Map(task.pictures ?? [])
  const paths = new Set(task.articles)
  return {
    site: task.site,
    media(path) {
      const file = mediaAt(path)
      return file && mediaOf(file, sounds.get(file.path), pictures.get(file.path), captions.get(file.path))
    },
    soundsBeside: soundsBeside(sounds.keys()),
    soundNamed: soundsNamed(sounds.keys()),
    leadsOutside: path => isAmong(task.outside ?? [], path),
    linkTo: linksAmong({ has: path => paths.has(path), all: () => task.articles }, task.site.url),
    boilerplateOf: boilerplateIn(task.boilerplate),
    dateOrderOf: dateOrderIn(task.dateOrders),
  }
}

async function answerTo(request: Exclude<ThreadRequest, { task: unknown }>): Promise<unknown> {
  if ('chosen' in request) return recognisePreset(names, request.chosen)
  if (context === null) throw new Error('There is no task yet.')
  if ('kind' in request) {
    const { boilerplateOf: _, dateOrderOf: __, ...parsing } = context
    return readExportFile(
      source,
      request.file,
      request.kind,
      { ...parsing, boilerplate: () => new Map() },
      nodeDigest,
    )
  }
  const readings: FileReading[] = []
  for await (const reading of createFilesReader(source, context, nodeDigest)(request.files))
    readings.push(reading)
  return readings
}

let last = Promise.resolve()
parentPort?.on('message', (request: ThreadRequest) => {
  last = last.then(async () => {
    if ('task' in request) context = contextOf(request.task)
    else parentPort?.postMessage(await answerTo(request))
  })
})
