import { parentPort, workerData } from 'node:worker_threads'
import type { SourceFile } from '../../model/source.ts'
import { boilerplateIn } from '../../page-text/learn-boilerplate.ts'
import { createFilesReader, type FileReading, linksAmong } from '../../publish/file-reading.ts'
import { mediaOf } from '../../publish/media-files.ts'
import { soundsBeside } from '../../publish/read-sounds.ts'
import { folderSource } from '../../source/folder.ts'
import { lookUpPaths } from '../../text/path-spelling.ts'
import { nodeDigest } from './codings.ts'
import type { ThreadTask } from './parse-threads.ts'

/*
 * Reads the files it is asked for, and answers in the order it was asked: see `readingThreads`. Readings travel as JSON,
 * the form in which they are kept between runs too.
 */
const { folder, task } = workerData as ThreadTask
const { site, articles, boilerplate } = task
const media = new Map(task.media.map(file => [file.path, file]))
const mediaAt = lookUpPaths(
  path => media.get(path),
  () => media,
)
const sounds = new Map(task.sounds ?? [])
const pictures = new Map(task.pictures ?? [])
const paths = new Set(articles)
const read = createFilesReader(
  folderSource(folder),
  {
    site,
    media(path) {
      const file = mediaAt(path)
      return mediaOf(file, file && sounds.get(file.path), file && pictures.get(file.path))
    },
    soundsBeside: soundsBeside(sounds.keys()),
    linkTo: linksAmong({ has: path => paths.has(path), all: () => articles }, site.url),
    boilerplateOf: boilerplateIn(boilerplate),
  },
  nodeDigest,
)

async function answer(files: SourceFile[]): Promise<void> {
  const readings: FileReading[] = []
  for await (const reading of read(files)) readings.push(reading)
  parentPort?.postMessage(JSON.stringify(readings))
}

let last = Promise.resolve()
parentPort?.on('message', (files: SourceFile[]) => {
  last = last.then(() => answer(files))
})
