import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { nodeDigest } from '../../src/runtimes/node/codings.ts'
import { type Assets, createAssetObjects, type DeployedPublication } from '../../src/store/asset-objects.ts'
import { createObjectReader } from '../../src/store/object-reader.ts'

/** What the code of a deployment carries, from the folder that `writeWorkerBundle` filled. */
export function deployedObjects(folder: string): DeployedPublication {
  const bytes = Uint8Array.from(readFileSync(join(folder, 'objects.bin')))
  return { places: JSON.parse(readFileSync(join(folder, 'objects.txt'), 'utf8')), bytes: bytes.buffer }
}

/** The folder's assets as the platform serves them. `onFetch` is told the path of each that is asked for. */
export function assetsIn(folder: string, onFetch: (path: string) => void = () => {}): Assets {
  return {
    async fetch(url) {
      const { pathname } = new URL(url)
      onFetch(pathname)
      try {
        return new Response(new Uint8Array(readFileSync(join(folder, 'assets', pathname))))
      } catch {
        return new Response('not found', { status: 404 })
      }
    },
  }
}

/** A reader of the deployment in a folder, as its Worker has one. */
export function deployedReader(folder: string, onFetch?: (path: string) => void) {
  return createObjectReader({
    objects: createAssetObjects(assetsIn(folder, onFetch), deployedObjects(folder)),
    digest: nodeDigest,
    clock: Date.now,
    sharesWork: false,
  })
}
