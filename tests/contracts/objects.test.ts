import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { type ObjectStore, ObjectStoreError } from '../../src/model/object-store.ts'
import { createDiskObjects } from '../../src/runtimes/node/disk-objects.ts'
import { probeConditionalWrites } from '../../src/store/object-probe.ts'
import { withoutConditions } from '../../src/store/unconditional-objects.ts'
import { assetsOver } from '../support/assets-over.ts'
import { createMemoryObjects } from '../support/memory-objects.ts'
import { runObjectsContract } from './objects-contract.ts'

const folder = mkdtempSync(join(tmpdir(), 'broadsheet-objects-'))
afterAll(() => rmSync(folder, { recursive: true }))

let count = 0
runObjectsContract('memory', () => createMemoryObjects())
runObjectsContract('a Worker’s assets', () => assetsOver(createMemoryObjects()))
runObjectsContract('a folder', () => createDiskObjects(join(folder, String(count++))))

const sound = () => createMemoryObjects()
const unsound: [string, (objects: ObjectStore) => Partial<ObjectStore>, RegExp][] = [
  [
    'overwrites without a word',
    objects => ({ create: (key, bytes) => objects.put(key, bytes).then(() => 'created') }),
    /overwritten/,
  ],
  [
    'says that it is there, and overwrites',
    objects => ({
      async create(key, bytes) {
        const outcome = await objects.create(key, bytes)
        await objects.put(key, bytes)
        return outcome
      },
    }),
    /overwritten/,
  ],
  [
    'looks first and writes later',
    objects => ({
      async create(key, bytes) {
        const found = await objects.get(key)
        if (found) return 'exists'
        await objects.put(key, bytes)
        return 'created'
      },
    }),
    /each told that they had won/,
  ],
  ['makes nothing', () => ({ create: async () => 'exists' }), /could not be made/],
  [
    'takes no conditions',
    () => ({ create: () => Promise.reject(new ObjectStoreError('NotImplemented', 501)) }),
    /refuses to write where nothing is yet \(501\)/,
  ],
]
test.each(unsound)('the probe finds a store that %s', async (_, faultOf, expected) => {
  const objects = sound()
  expect(await probeConditionalWrites({ ...objects, ...faultOf(objects) })).toMatch(expected)
})

test('the probe of a store that nobody may write to fails with the store’s own reason', async () => {
  const refused = () => Promise.reject(new ObjectStoreError('AccessDenied', 403))
  const objects = { ...sound(), put: refused, create: refused }
  await expect(probeConditionalWrites(objects)).rejects.toThrow('AccessDenied')
})

runObjectsContract(
  'a store that takes no conditions, for one writer',
  () => {
    const create = () => Promise.reject(new ObjectStoreError('NotImplemented', 501))
    return withoutConditions({ ...createMemoryObjects(), create })
  },
  'Without conditions two writers can both win.',
)

test('the probe leaves nothing behind', async () => {
  const objects = sound()
  await probeConditionalWrites(objects)
  expect(await objects.list('')).toEqual([])
})

test.each(['../x', 'b/../../x', '/etc/passwd', 'b//x', ''])('a folder refuses the key %j', async key => {
  await expect(createDiskObjects(folder).put(key, new Uint8Array(1))).rejects.toThrow('is not a key')
})
