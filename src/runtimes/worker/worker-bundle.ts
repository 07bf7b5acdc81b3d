import { mkdir, rm, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { feedContentType } from '../../model/formats.ts'
import type { BodyRef, Publication, RenderedDocument, Resource } from '../../model/snapshot.ts'
import { type AssetManifest, blobPath, type ManifestShard, shardOf } from '../../store/asset-manifest.ts'
import { type Compressors, prepareResources } from '../../store/resources.ts'
import { fnv1a } from '../../text/fnv1a.ts'
import { itemAt, valueUnder } from '../../text/item-at.ts'
import { nodeCompressors, nodeDigest } from '../node/codings.ts'
import { platformLimits } from './worker-limits.ts'

export interface WorkerBundle {
  /** Static assets: blobs and shards. */
  files: number
  paths: number
  /** Gzipped bytes of what is deployed with the code: manifest, bodies and path hashes. */
  inlinedBytes: number
  /** Assets that are larger than the platform takes: what they are on the publication, and their bytes. */
  tooLarge: { path: string; size: number }[]
  unreadable: string[]
}

export interface WorkerBundleOptions {
  /** Bytes of manifest up to which every path is deployed with the code. Default: 1 MiB. */
  inlineManifest?: number
  /** Bytes of bodies that are deployed with the code. Default: 1 MiB. */
  inlineBodies?: number
}

/** Paths in a shard: one of about 100 KB is read and parsed in a millisecond or two. */
const pathsInShard = 256

/** The platform compresses the other types by itself, and their raw bytes are what it wants for that. */
const compressedHere = new Set([feedContentType('atom'), feedContentType('json')])

/** The publication's own feeds and lists, which most requests are for. */
const isAtTop = (path: string) => path.lastIndexOf('/') === 0

/** What people subscribe to has a page that is shown in its place. */
const isFeed = (resource: Resource) => resource.kind === 'document' && resource.page !== null

/**
 * Writes a publication into a folder as a Worker carries it: `publication.js` for the code, with its data beside it,
 * and `assets/` with blobs under the hashes of their bytes. The folder is emptied first.
 */
export async function writeWorkerBundle(
  folder: string,
  publication: Publication,
  options: WorkerBundleOptions = {},
): Promise<WorkerBundle> {
  const { inlineManifest = 1024 * 1024, inlineBodies = 1024 * 1024 } = options
  const assetFolder = join(folder, 'assets')
  await rm(folder, { recursive: true, force: true })
  await mkdir(assetFolder, { recursive: true })
  const bodies = new Map<string, Uint8Array>()
  const unreadable: string[] = []
  const prepared = await prepareResources(withChangesMade(publication), null, {
    digest: nodeDigest,
    compress: { gzip: nodeCompressors.gzip },
    largestKeptMedium: Number.POSITIVE_INFINITY,
    keep: (ref, bytes) => void bodies.set(ref.hash, bytes),
    keepMedium: async (ref, file, bytes) => void bodies.set(ref.hash, bytes ?? (await file.read())),
    unreadable: path => void unreadable.push(path),
  })
  const due = prepared.due.map(({ at, changes }) => ({
    at,
    changes: [...changes].map(([path, resource]): [string, Resource] => [path, forEdge(resource)]),
  }))
  const streamed = await writeOnDemand(publication, assetFolder)
  const all = [...prepared.resources, ...streamed.resources].map(([path, resource]): [string, Resource] => [
    path,
    forEdge(resource),
  ])
  const [inManifest, inShards] = forManifest(all, inlineManifest)
  const shards = shardsOf(inShards)

  const block = inlineBlock(inManifest, bodies, inlineBodies)
  const manifest: AssetManifest = {
    // Grows from one deployment to the next without a counter that somebody would have to keep.
    generation: Math.floor(publication.publishedAt / 1000),
    publishedAt: publication.publishedAt,
    url: publication.url,
    maxAge: publication.maxAge,
    resources: inManifest,
    due,
    shards: shards.map(({ path }) => path),
    inlined: block.places,
  }
  const sharded = Uint32Array.from(inShards, ([path]) => fnv1a(path)).sort()

  const code = {
    'manifest.txt': new TextEncoder().encode(JSON.stringify(manifest)),
    'bodies.bin': block.bytes,
    'paths.bin': new Uint8Array(sharded.buffer),
  }
  for (const [name, bytes] of Object.entries({ ...code, 'publication.js': new TextEncoder().encode(module) }))
    await writeInto(folder, name, bytes)
  const referred = referredBodies([...all, ...due.flatMap(step => step.changes)])
  const inlined = new Set(block.places.map(([hash]) => hash))
  const blobs = [...referred].filter(hash => !inlined.has(hash) && !streamed.hashes.has(hash))
  const assets = [
    ...shards,
    ...blobs.map(hash => ({ path: blobPath(hash), bytes: valueUnder(bodies, hash) })),
  ]
  for (const { path, bytes } of assets) await writeInto(assetFolder, path, bytes)
  const inlinedBytes = Object.values(code).reduce((sum, bytes) => sum + gzipSync(bytes).length, 0)
  return {
    files: assets.length + streamed.hashes.size,
    paths: all.length,
    inlinedBytes,
    tooLarge: tooLarge(all),
    unreadable,
  }
}

/** Documents that are made together: so many lie in memory at once. */
const batch = 256

/**
 * Makes the documents that were left to be made on demand, and writes their bodies as they come: of tens of thousands
 * only a few are ever in memory.
 */
async function writeOnDemand(publication: Publication, assetFolder: string) {
  const resources: [string, Resource][] = []
  const hashes = new Set<string>()
  const flush = async (documents: RenderedDocument[], compress: Compressors) => {
    const nothing = { media: [], redirects: [], gone: [], due: [] }
    const made = await prepareResources({ ...publication, ...nothing, documents }, null, {
      digest: nodeDigest,
      compress,
      largestKeptMedium: 0,
      keep: async ({ hash }, bytes) => {
        hashes.add(hash)
        await writeInto(assetFolder, blobPath(hash), bytes)
      },
      keepMedium: () => {},
      unreadable: () => {},
    })
    resources.push(...made.resources)
    documents.length = 0
  }
  const kinds = [
    { documents: [] as RenderedDocument[], compress: { gzip: nodeCompressors.gzip } },
    { documents: [] as RenderedDocument[], compress: {} },
  ] as const
  const atHand = new Set(publication.documents.map(({ path }) => path))
  for (const document of publication.onDemand?.values() ?? []) {
    if (atHand.has(document.path)) continue
    const rendered = document.render()
    const { documents, compress } = kinds[compressedHere.has(rendered.mediaType) ? 0 : 1]
    if (documents.push(rendered) === batch) await flush(documents, compress)
  }
  for (const { documents, compress } of kinds) await flush(documents, compress)
  return { resources, hashes }
}

/** The publication with the documents that its due times change made at once: those are few. */
function withChangesMade(publication: Publication): Publication {
  let before = publication.onDemand
  const due = publication.due.map(step => {
    const made = new Set(step.documents.map(({ path }) => path))
    const changed = [...(step.onDemand?.values() ?? [])].filter(
      ({ path, fingerprint }) => !made.has(path) && before?.get(path)?.fingerprint !== fingerprint,
    )
    before = step.onDemand ?? before
    return { ...step, documents: [...step.documents, ...changed.map(document => document.render())] }
  })
  return { ...publication, due }
}

/** What a Worker imports. The data are modules of their own, so that nothing is parsed twice. */
const module = `import bodies from './bodies.bin'
import manifest from './manifest.txt'
import paths from './paths.bin'
export default { manifest: JSON.parse(manifest), bodies, sharded: new Uint32Array(paths) }
`

/** The resource without the codings that the platform makes itself. */
function forEdge(resource: Resource): Resource {
  if (resource.kind !== 'document' || compressedHere.has(resource.mediaType)) return resource
  return { ...resource, bodies: { identity: resource.bodies.identity } }
}

/**
 * What goes with the code, and what into shards. Where not everything has room: what lies at the top, in the order of the
 * publication (its own documents come before articles), then as many feeds as fit, for those are polled.
 */
function forManifest(all: [string, Resource][], room: number): [[string, Resource][], [string, Resource][]] {
  const sizeOf = (entry: [string, Resource]) => JSON.stringify(entry).length + 1
  if (all.reduce((sum, entry) => sum + sizeOf(entry), 0) <= room) return [all, []]
  const [top, below] = [all.filter(([path]) => isAtTop(path)), all.filter(([path]) => !isAtTop(path))]
  const inManifest = new Set<[string, Resource]>()
  let left = room
  for (const entry of [...top, ...below.filter(([, resource]) => isFeed(resource))]) {
    const size = sizeOf(entry)
    if (size > left) continue
    inManifest.add(entry)
    left -= size
  }
  return [[...inManifest], all.filter(entry => !inManifest.has(entry))]
}

/** Bodies of the documents at the top, the smallest first, as far as there is room. */
function inlineBlock(resources: [string, Resource][], bodies: Map<string, Uint8Array>, room: number) {
  const candidates = resources
    .filter(([path]) => isAtTop(path))
    .flatMap(([, resource]) => (resource.kind === 'document' ? bodiesOf(resource) : []))
    .sort((a, b) => a.length - b.length || (a.hash < b.hash ? -1 : 1))
  const places = new Map<string, [hash: string, offset: number, length: number]>()
  let end = 0
  for (const { hash, length } of candidates) {
    if (places.has(hash) || !bodies.has(hash) || end + length > room) continue
    places.set(hash, [hash, end, length])
    end += length
  }
  const bytes = new Uint8Array(end)
  for (const [hash, offset] of places.values()) bytes.set(valueUnder(bodies, hash), offset)
  return { bytes, places: [...places.values()] }
}

/** Shards under the hashes of their bytes, so that a deployment that is being replaced never reads another's. */
function shardsOf(resources: [string, Resource][]): { path: string; bytes: Uint8Array }[] {
  const count = Math.ceil(resources.length / pathsInShard)
  const shards: ManifestShard[] = Array.from({ length: count }, () => [])
  for (const entry of resources) itemAt(shards, shardOf(entry[0], count)).push(entry)
  return shards.map(shard => {
    const bytes = new TextEncoder().encode(JSON.stringify(shard))
    return { path: `/manifest/${nodeDigest(bytes)}.json`, bytes }
  })
}

function referredBodies(resources: [string, Resource][]): Set<string> {
  return new Set(resources.flatMap(([, resource]) => bodiesOf(resource)).map(({ hash }) => hash))
}

function bodiesOf(resource: Resource): BodyRef[] {
  if (resource.kind === 'document') return Object.values(resource.bodies)
  return resource.kind === 'media' ? [resource.body] : []
}

function tooLarge(resources: [string, Resource][]): WorkerBundle['tooLarge'] {
  return resources.flatMap(([path, resource]) =>
    bodiesOf(resource)
      .filter(({ length }) => length > platformLimits.file)
      .map(({ length }) => ({ path, size: length })),
  )
}

async function writeInto(folder: string, path: string, bytes: Uint8Array): Promise<void> {
  const file = join(folder, path)
  await mkdir(dirname(file), { recursive: true })
  await writeFile(file, bytes)
}
