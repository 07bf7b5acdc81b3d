import type { ObjectStore } from '../../src/model/object-store.ts'
import type { StoreReader } from '../../src/model/snapshot.ts'
import { createObjectPublication } from '../../src/store/object-publication.ts'
import { createObjectReader } from '../../src/store/object-reader.ts'
import { sha256 } from '../../src/text/digests.ts'
import { conformanceCompressors, publication } from './conformance-publication.ts'

/** The conformance publication as a reader finds it that did not write it. */
export async function readFromObjects(objects: ObjectStore): Promise<StoreReader> {
  const tools = { objects, digest: sha256, clock: Date.now }
  await createObjectPublication({ ...tools, compress: conformanceCompressors }).publish(publication)
  const reader = createObjectReader(tools)
  await reader.refresh()
  return reader
}
