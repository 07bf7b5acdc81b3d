import type { ObjectStore } from '../model/object-store.ts'

/**
 * A store that can't write where nothing is yet, or does not keep its word there, for the one publisher that there is: it looks first and
 * writes then. Two publishers could both win.
 */
export function withoutConditions(objects: ObjectStore): ObjectStore {
  return {
    ...objects,
    async create(key, bytes) {
      if (await objects.get(key)) return 'exists'
      await objects.put(key, bytes)
      return 'created'
    },
  }
}
