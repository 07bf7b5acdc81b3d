import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { isStoreTrouble, type ObjectStore } from '../../model/object-store.ts'
import type { ObjectCache } from '../../store/object-reading.ts'
import { isPublicationConflict } from '../../store/object-writer.ts'
import { createS3Objects } from '../../store/s3-objects.ts'
import { awsCredentials, awsRegion } from '../node/aws-credentials.ts'
import { cacheFolder } from '../node/cache-folder.ts'
import { createDiskObjects } from '../node/disk-objects.ts'
import { createDiskObjectCache } from '../node/object-cache.ts'
import { CommandFailure, exitCodes } from './exit.ts'
import { objectPlaceForm } from './object-place-form.ts'

type Environment = Record<string, string | undefined>

/** A store that was named, and where its objects are remembered on this machine. */
export interface ObjectPlace {
  objects: ObjectStore
  /** Undefined where the store lies on this machine itself. */
  cache: ObjectCache | undefined
}

/** @throws CommandFailure where the name is none, or credentials are missing */
export function openObjectPlace(named: string, environment: Environment = process.env): ObjectPlace {
  if (named.startsWith('dir:') && named.length > 4)
    return { objects: createDiskObjects(resolve(named.slice(4))), cache: undefined }
  const url = URL.parse(named)
  if (url?.protocol === 's3:' && url.hostname) return bucketAt(s3Address(url, environment), environment)
  if (url?.protocol === 'r2:' && url.hostname) return bucketAt(r2Address(url, named), environment)
  throw new CommandFailure(exitCodes.usage, `"${named}" names no store.`, {
    hint: existsSync(named) ? `For a folder on this machine write dir:${named}` : `Write ${objectPlaceForm}.`,
  })
}

interface BucketAddress {
  endpoint: string
  bucket: string
  prefix: string
  region: string
}

function s3Address(url: URL, environment: Environment): BucketAddress {
  const region = url.searchParams.get('region') ?? awsRegion(environment) ?? 'us-east-1'
  const endpoint =
    url.searchParams.get('endpoint') ??
    environment.AWS_ENDPOINT_URL_S3 ??
    environment.AWS_ENDPOINT_URL ??
    `https://s3.${region}.amazonaws.com`
  if (!/^https?:$/.test(URL.parse(endpoint)?.protocol ?? ''))
    throw new CommandFailure(exitCodes.usage, `The endpoint "${endpoint}" is not an address.`, {
      hint: 'Write it like https://s3.eu-central-1.amazonaws.com.',
    })
  return { endpoint, bucket: url.hostname, prefix: prefixOf(url.pathname), region }
}

/** Cloudflare's R2 by its S3 interface. */
function r2Address(url: URL, named: string): BucketAddress {
  const endpoint = `https://${url.hostname}.r2.cloudflarestorage.com`
  return { endpoint, ...r2Bucket(named), region: 'auto' }
}

/**
 * The bucket that a name of the form `r2://ACCOUNT/BUCKET/PREFIX` means, and the prefix of its keys.
 * @throws CommandFailure where it is of another form
 */
export function r2Bucket(named: string): { bucket: string; prefix: string } {
  const url = URL.parse(named)
  const [bucket, ...rest] =
    url?.protocol === 'r2:' && url.hostname ? url.pathname.split('/').filter(Boolean) : []
  if (!bucket)
    throw new CommandFailure(exitCodes.usage, `"${named}" names no bucket.`, {
      hint: 'Write r2://ACCOUNT/BUCKET/PREFIX, with the account’s id.',
    })
  return { bucket, prefix: prefixOf(rest.join('/')) }
}

/** Ends in `/` where there is one. */
function prefixOf(path: string): string {
  const parts = decodeURIComponent(path).split('/').filter(Boolean)
  return parts.map(part => `${part}/`).join('')
}

function bucketAt(address: BucketAddress, environment: Environment): ObjectPlace {
  const credentials = awsCredentials(environment)
  if (!credentials)
    throw new CommandFailure(exitCodes.usage, `There are no credentials for the bucket ${address.bucket}.`, {
      hint: 'Set AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY, or AWS_PROFILE for a profile of the AWS tools.',
    })
  const objects = createS3Objects({ ...address, ...credentials })
  const own = createHash('sha256').update(JSON.stringify(address)).digest('hex').slice(0, 16)
  const folder = cacheFolder(environment)
  return { objects, cache: folder === null ? undefined : createDiskObjectCache(join(folder, 'objects', own)) }
}

/** A store's refusals as sentences; any other error as it is. */
export function storeFailure(error: unknown): unknown {
  if (isStoreTrouble(error))
    return new CommandFailure(exitCodes.startUp, (error as Error).message, {
      hint: 'Are the store’s name and, of a bucket, its endpoint and the credentials right? What was published before is untouched.',
    })
  if (isPublicationConflict(error))
    return new CommandFailure(exitCodes.startUp, `${error.message} Nothing was changed.`, {
      hint: 'Try it again.',
    })
  return error
}
