import { describe, expect, test } from 'vitest'
import type { ObjectStore } from '../../src/model/object-store.ts'
import { probeConditionalWrites } from '../../src/store/object-probe.ts'

const bytesOf = (text: string) => new TextEncoder().encode(text)
const textOf = (bytes: Uint8Array | null) => bytes && new TextDecoder().decode(bytes)

/**
 * What every place for objects keeps.
 * @param oneWriter why it need not keep writers apart
 */
export function runObjectsContract(
  name: string,
  create: () => ObjectStore | Promise<ObjectStore>,
  oneWriter?: string,
): void {
  describe(`objects: ${name}`, () => {
    test('has nothing under a key that was never written', async () => {
      const objects = await create()
      expect(await objects.get('b/none')).toBeNull()
      expect(await objects.get('b/none', { start: 0, end: 3 })).toBeNull()
      expect(await objects.list('b/')).toEqual([])
      await objects.delete('b/none')
    })

    test('gives what was put, whole and in parts', async () => {
      const objects = await create()
      const bytes = Uint8Array.from({ length: 100_000 }, (_, index) => (index * 7) % 251)
      await objects.put('b/one', bytes)
      await objects.put('b/one', bytes)
      await objects.put('b/empty', new Uint8Array(0))
      expect(await objects.get('b/one')).toEqual(bytes)
      expect(await objects.get('b/empty')).toEqual(new Uint8Array(0))
      for (const [start, end] of [
        [0, 0],
        [5, 99],
        [99_999, 99_999],
        [0, 99_999],
      ] as const)
        expect(await objects.get('b/one', { start, end })).toEqual(bytes.slice(start, end + 1))
    })

    test('makes an object once only', async () => {
      const objects = await create()
      expect(await objects.create('g/1', bytesOf('first'))).toBe('created')
      expect(await objects.create('g/1', bytesOf('second'))).toBe('exists')
      expect(textOf(await objects.get('g/1'))).toBe('first')
      await objects.delete('g/1')
      expect(await objects.get('g/1')).toBeNull()
      expect(await objects.create('g/1', bytesOf('third'))).toBe('created')
    })

    test('lists keys in order, from a key on, so many', async () => {
      const objects = await create()
      for (const key of ['g/3', 'g/1', 'b/9', 'g/2', 'g/10']) await objects.put(key, bytesOf(key))
      const keys = async (...args: Parameters<ObjectStore['list']>) =>
        (await objects.list(...args)).map(({ key }) => key)
      expect(await keys('g/')).toEqual(['g/1', 'g/10', 'g/2', 'g/3'])
      expect(await keys('g/', { limit: 1 })).toEqual(['g/1'])
      expect(await keys('g/', { after: 'g/10' })).toEqual(['g/2', 'g/3'])
      expect(await keys('g/', { after: 'g/1', limit: 2 })).toEqual(['g/10', 'g/2'])
      expect(await keys('')).toEqual(['b/9', 'g/1', 'g/10', 'g/2', 'g/3'])
      const [first] = await objects.list('g/', { limit: 1 })
      expect(first?.size).toBe(3)
      expect(Math.abs((first?.modified ?? 0) - Date.now())).toBeLessThan(600_000)
    })

    test('lets one of many writers win', async ({ skip }) => {
      skip(oneWriter !== undefined, oneWriter)
      expect(await probeConditionalWrites(await create())).toBeNull()
    })
  })
}
