import { createPublisher, type Publisher, type PublisherOptions } from '../../publish/publisher.ts'
import { folderSource } from '../../source/folder.ts'
import { nodeDigest } from '../node/codings.ts'
import { openLedger } from '../node/ledger-file.ts'
import { parseCacheFor } from '../node/parse-cache.ts'
import { readingThreads } from '../node/parse-threads.ts'
import type { PublicationFolder } from './publication-folder.ts'

/** A publisher as every command has it: of a folder, its ledger, what was read of it before, and this machine's clock and cores. */
export function folderPublisher(
  { path }: PublicationFolder,
  options: Partial<PublisherOptions> = {},
): Publisher {
  return createPublisher({
    source: folderSource(path),
    ledger: openLedger(path),
    cache: parseCacheFor(path),
    startWorkers: readingThreads(path),
    clock: Date.now,
    digest: nodeDigest,
    ...options,
  })
}
