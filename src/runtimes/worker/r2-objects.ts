import { type ListedObject, type ObjectStore, ObjectStoreError } from '../../model/object-store.ts'

/** As much of an R2 binding as is used here; Cloudflare's own types are generated for a Worker, and a library has none. */
export interface R2Bucket {
  get(
    key: string,
    options?: { range?: { offset: number; length: number } },
  ): Promise<{
    arrayBuffer(): Promise<ArrayBuffer>
  } | null>
  put(
    key: string,
    value: Uint8Array,
    options?: { onlyIf?: { etagDoesNotMatch?: string } },
  ): Promise<unknown | null>
  list(options: { prefix?: string; cursor?: string; startAfter?: string; limit?: number }): Promise<{
    objects: { key: string; size: number; uploaded: Date }[]
    truncated: boolean
    cursor?: string
  }>
  delete(key: string): Promise<void>
}

/**
 * A bucket that is bound to the Worker.
 * @param prefix put before every key
 */
export function createR2Objects(bucket: R2Bucket, prefix = ''): ObjectStore {
  return {
    name: `r2:${prefix}`,
    get: (key, range) =>
      asked(async () => {
        const options = range ? { range: { offset: range.start, length: range.end - range.start + 1 } } : {}
        const object = await bucket.get(prefix + key, options)
        return object && new Uint8Array(await object.arrayBuffer())
      }),
    put: (key, bytes) =>
      asked(async () => {
        await bucket.put(prefix + key, bytes)
      }),
    async create(key, bytes) {
      try {
        // Null: the condition did not hold, there is an object.
        return (await bucket.put(prefix + key, bytes, { onlyIf: { etagDoesNotMatch: '*' } })) === null
          ? 'exists'
          : 'created'
      } catch {
        return 'unknown'
      }
    },
    list: (keyPrefix, { after, limit = Number.POSITIVE_INFINITY } = {}) =>
      asked(async () => {
        const found: ListedObject[] = []
        let cursor: string | undefined
        do {
          const page = await bucket.list({
            prefix: prefix + keyPrefix,
            ...(limit < 1000 && { limit }),
            ...(cursor ? { cursor } : after && { startAfter: prefix + after }),
          })
          found.push(
            ...page.objects.map(({ key, size, uploaded }) => ({
              key: key.slice(prefix.length),
              size,
              modified: uploaded.getTime(),
            })),
          )
          cursor = page.truncated ? page.cursor : undefined
        } while (cursor !== undefined && found.length < limit)
        return found.slice(0, limit)
      }),
    delete: key => asked(() => bucket.delete(prefix + key)),
  }
}

async function asked<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work()
  } catch (error) {
    throw new ObjectStoreError('The bucket does not answer.', null, { cause: error })
  }
}
