import type { ObjectStore } from '../../model/object-store.ts'
import { createObjectLedger } from '../../publish/object-ledger.ts'
import type { Publisher } from '../../publish/publisher.ts'
import { isObjectKey } from '../../store/object-layout.ts'
import { probeConditionalWrites } from '../../store/object-probe.ts'
import { createObjectPublication, type ObjectPublication } from '../../store/object-publication.ts'
import { withoutConditions } from '../../store/unconditional-objects.ts'
import { nodeCompressors, nodeDigest, nodeGunzip } from '../node/codings.ts'
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
  const { objects: asNamed, cache } = openObjectPlace(options.to)
  const objects = options.singleWriter ? withoutConditions(asNamed) : asNamed
  const publication = createObjectPublication({
    objects,
    cache,
    digest: nodeDigest,
    gunzip: nodeGunzip,
    compress: { gzip: nodeCompressors.gzip, br: nodeCompressors.br },
    clock: Date.now,
    onUnreadable: options.onUnreadable,
    ...(options.onProgress && { onProgress: options.onProgress }),
    beforeFirst: () => assertFitForFirst(options.to, objects, options.singleWriter),
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

/**
 * Looks at a store in which nothing is published yet.
 * @param to as it was named on the command line
 * @throws CommandFailure where it can't keep two publishers apart, or is a folder of other files
 */
export async function assertFitForFirst(
  to: string,
  objects: ObjectStore,
  singleWriter = false,
): Promise<void> {
  if (to.startsWith('dir:')) await assertOwnFolder(objects)
  if (singleWriter) return
  const fault = await probeConditionalWrites(objects)
  if (fault !== null) throw unsafe(to, fault)
}

/** Objects among the files of a site would be public with them, and what cleans the site would delete them. */
async function assertOwnFolder(objects: ObjectStore): Promise<void> {
  const theirs = (await objects.list('')).find(({ key }) => !isObjectKey(key))
  if (!theirs) return
  throw new CommandFailure(
    exitCodes.usage,
    `${objects.name} holds files that belong to no store, like ${printable(theirs.key)}. Nothing was published.`,
    { hint: 'Name an empty folder, or a new one.' },
  )
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
