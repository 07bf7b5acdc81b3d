import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { nodeCompressors, nodeDigest } from '../../src/runtimes/node/codings.ts'
import { createDiskObjects } from '../../src/runtimes/node/disk-objects.ts'
import { createObjectPublication } from '../../src/store/object-publication.ts'
import { assetsOver } from '../support/assets-over.ts'
import { createMemoryObjects } from '../support/memory-objects.ts'
import { runStoreContract } from './store-contract.ts'

const tools = { digest: nodeDigest, compress: { gzip: nodeCompressors.gzip! }, clock: Date.now }
const folder = mkdtempSync(join(tmpdir(), 'broadsheet-objects-'))
afterAll(() => rmSync(folder, { recursive: true }))

let count = 0
runStoreContract('objects in memory', () =>
  createObjectPublication({ ...tools, objects: createMemoryObjects() }),
)
runStoreContract('objects among a Worker’s assets', () =>
  createObjectPublication({ ...tools, objects: assetsOver(createMemoryObjects()) }),
)
runStoreContract('objects in a folder', () =>
  createObjectPublication({ ...tools, objects: createDiskObjects(join(folder, String(count++))) }),
)
