import { afterAll, expect, test } from 'vitest'
import { nodeCompressors, nodeDigest } from '../../src/runtimes/node/codings.ts'
import { createObjectPublication } from '../../src/store/object-publication.ts'
import { createS3Objects, type S3Options } from '../../src/store/s3-objects.ts'
import { type BucketServer, bucketServer, makeBucket } from '../support/ceph-rgw.ts'
import { runObjectsContract } from './objects-contract.ts'
import { runStoreContract } from './store-contract.ts'

// Whoever runs this by name wants to know why there is none; CI says so, and goes on.
const server = await bucketServer().catch((error: Error) => {
  if (!process.env.CI) throw error
  test.skip(`there is no bucket server: ${error.message}`)
  return null
})
if (server) await testBucket(server)

async function testBucket(server: BucketServer): Promise<void> {
  afterAll(() => server.stop())
  const bucket = await makeBucket(server)

  let count = 0
  const objects = (more: Partial<S3Options> = {}) =>
    createS3Objects({ ...server, bucket, prefix: `test-${count++}/`, ...more })

  runObjectsContract('a bucket', () => objects())
  runStoreContract('objects in a bucket', () =>
    createObjectPublication({
      objects: objects(),
      digest: nodeDigest,
      compress: { gzip: nodeCompressors.gzip! },
      clock: Date.now,
    }),
  )

  test('a listing of more than one page is whole', async () => {
    const many = objects()
    const keys = Array.from({ length: 1050 }, (_, index) => `b/${String(index).padStart(4, '0')}`)
    await Promise.all(keys.map(key => many.put(key, new Uint8Array(1))))
    expect((await many.list('')).map(({ key }) => key)).toEqual(keys)
  })

  test('keys that addresses have to write otherwise are one and the same', async () => {
    const odd = objects({ prefix: 'news & more/übung+1/' })
    await odd.put('b/one', new Uint8Array([1]))
    expect(await odd.get('b/one')).toEqual(new Uint8Array([1]))
    expect((await odd.list('b/')).map(({ key }) => key)).toEqual(['b/one'])
  })

  test('a wrong secret is a refusal with the server’s reason, and the secret is not in it', async () => {
    const refused = objects({ secretAccessKey: 'not-the-secret' })
    const error = await refused.get('b/one').then(
      () => null,
      (error: Error) => error,
    )
    expect(error?.message).toMatch(/refused a request: 403 \(SignatureDoesNotMatch\)/)
    expect(JSON.stringify(error) + error?.stack).not.toContain('not-the-secret')
  })
}
