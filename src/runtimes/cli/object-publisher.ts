import { createObjectLedger } from '../../publish/object-ledger.ts'
import type { Publisher } from '../../publish/publisher.ts'
import { probeConditionalWrites } from '../../store/object-probe.ts'
import { createObjectPublication, type ObjectPublication } from '../../store/object-publication.ts'
import { nodeCompressors, nodeDigest } from '../node/codings.ts'
import { openLedger } from '../node/ledger-file.ts'
import { CommandFailure, exitCodes } from './exit.ts'
import { type FolderPublisherOptions, folderPublisher } from './folder-publisher.ts'
import { openObjectPlace } from './object-place.ts'
import type { PublicationFolder } from './publication-folder.ts'
import { printable } from './terminal.ts'

export interface ObjectPublisherOptions {
  /** As it was named on the command line. */
  to: string
  /** Nobody else publishes there: a store that can't keep two publishers apart will do. */
  singleWriter?: boolean
  onUnreadable(path: string): void
  /** Told how many documents have been looked at. */
  onProgress?(done: number): void
}

export interface ObjectPublisher {
  name: string
  publication: ObjectPublication
  publisher: Publisher
}

/** A publisher of a folder to a store, in which the ledger rests too; it goes on from the folder's own, where there is one. */
export function objectPublisher(
  folder: PublicationFolder,
  options: ObjectPublisherOptions,
  more: FolderPublisherOptions = {},
): ObjectPublisher {
  const { objects, cache } = openObjectPlace(options.to)
  const publication = createObjectPublication({
    objects,
    cache,
    digest: nodeDigest,
    compress: { gzip: nodeCompressors.gzip, br: nodeCompressors.br },
    clock: Date.now,
    onUnreadable: options.onUnreadable,
    ...(options.onProgress && { onProgress: options.onProgress }),
    beforeFirst: async () => {
      if (options.singleWriter) return
      const fault = await probeConditionalWrites(objects)
      if (fault !== null) throw unsafe(options.to, fault)
    },
  })
  const publisher = folderPublisher(folder, {
    ...more,
    ledger: createObjectLedger(publication, openLedger(folder.path)),
    store: publication,
    render: 'none',
    stopsOnUnread: true,
  })
  return { name: objects.name, publication, publisher }
}

function unsafe(to: string, fault: string): CommandFailure {
  return new CommandFailure(
    exitCodes.startUp,
    `${printable(to)} can't keep two publishers apart: ${fault}. Nothing was published.`,
    {
      hint: 'Use a store that honours If-None-Match, or say --single-writer where nobody else ever publishes there.',
    },
  )
}
