import {
  createPublisher,
  firstGeneration,
  type Publisher,
  type PublisherOptions,
} from '../../publish/publisher.ts'
import { folderSource } from '../../source/folder.ts'
import { nodeDigest } from '../node/codings.ts'
import { openLedger } from '../node/ledger-file.ts'
import { readingThreads } from '../node/parse-threads.ts'
import { readingDatabaseFor } from '../node/reading-database.ts'
import type { PublicationFolder } from './publication-folder.ts'

export interface FolderPublisherOptions extends Partial<PublisherOptions> {
  /** Told in a sentence what was read must be read again, for what was kept of it is damaged. @default nobody is */
  say?(message: string): void
}

/** A publisher as every command has it: of a folder, its ledger, what was read of it before, and this machine's clock and cores. */
export function folderPublisher(
  { path }: PublicationFolder,
  { say, ...options }: FolderPublisherOptions = {},
): Publisher {
  return createPublisher({
    source: folderSource(path),
    ledger: openLedger(path),
    cache: readingDatabaseFor(path, say && { onRebuilt: say }),
    startWorkers: readingThreads(path),
    clock: Date.now,
    earliest: firstGeneration,
    digest: nodeDigest,
    ...options,
  })
}
