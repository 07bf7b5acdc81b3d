import type { ObjectStore } from '../../src/model/object-store.ts'
import { createAssetObjects } from '../../src/store/asset-objects.ts'

/** Objects that are written as a deployment is filled, and read as a Worker reads its assets: none of them is with the code. */
export function assetsOver(written: ObjectStore): ObjectStore {
  const assets = {
    async fetch(url: string) {
      const bytes = await written.get(new URL(url).pathname.slice(1))
      return bytes
        ? new Response(bytes as Uint8Array<ArrayBuffer>)
        : new Response('not found', { status: 404 })
    },
  }
  const { get } = createAssetObjects(assets, { places: [], bytes: new ArrayBuffer(0) })
  return { ...written, get }
}
