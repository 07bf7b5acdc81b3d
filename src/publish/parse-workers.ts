import type { CaptionFile, SoundFile } from '../model/media-facts.ts'
import type { Site } from '../model/site.ts'
import type { SourceFile } from '../model/source.ts'
import type { LearntLines } from '../page-text/learn-boilerplate.ts'
import type { LearntOrders } from '../page-text/learn-date-order.ts'
import type { ExportKind } from '../systems/exports/export-kind.ts'
import type { FileReading } from './file-reading.ts'
import type { PictureSize } from './read-pictures.ts'

/** Everything that reading a file of a folder hangs on besides the file itself, as plain data. */
export interface ReadingTask {
  site: Site
  /** Paths of all articles there are: links between them lead to each other. */
  articles: string[]
  /** The files that articles may show or play. */
  media: Pick<SourceFile, 'path' | 'size'>[]
  /** What was read of those that are sound. */
  sounds?: [path: string, sound: SoundFile][]
  /** What was read of captions that stand beside none. */
  captions?: [path: string, captions: CaptionFile][]
  /** The sizes of those that are pictures. */
  pictures?: [path: string, size: PictureSize][]
  /** Links that lead out of the folder. */
  outside?: readonly string[]
  /** What its directories have learnt. */
  boilerplate: LearntLines
  dateOrders: LearntOrders
}

/** Reads some files. Their readings come in the same order, all of them or none. */
export type ReadFiles = (files: SourceFile[]) => Promise<FileReading[]>

/** Others who read files of the same folder at the same time: other threads, say. */
export interface ParseWorkers {
  /** None where nobody helps. Each may be asked again before it has answered; what it fails at is read by whoever asked. */
  readers: ReadFiles[]
  /** Whoever asks gives answers to others meanwhile, and reads nothing where a reader can. Default: it reads as well. */
  apart?: boolean
  /** As `readExportFile`. Absent: exports are read by whoever asks. */
  readExport?(file: SourceFile, kind: ExportKind): Promise<FileReading[]>
  /** Nothing more will be asked. */
  end(): void
}

/**
 * Finds help, where there is any and it pays for so much.
 * @param taskOf asked only where help is found: it may go through the whole folder. The same object as long as nothing of it is other
 * @param bytes what is to be read, all in all
 */
export type StartParseWorkers = (taskOf: () => ReadingTask, bytes: number) => ParseWorkers
