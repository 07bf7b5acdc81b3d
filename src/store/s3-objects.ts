import { parseXml, type XmlElement } from '@rgrove/parse-xml'
import { AwsClient } from 'aws4fetch'
import { type ListedObject, type ObjectStore, ObjectStoreError } from '../model/object-store.ts'

export interface S3Options {
  /** `https://s3.eu-central-1.amazonaws.com`, without the bucket. */
  endpoint: string
  bucket: string
  /** Put before every key. @default nothing */
  prefix?: string
  /** @default 'us-east-1' */
  region?: string
  accessKeyId: string
  secretAccessKey: string
  sessionToken?: string | undefined
  /** Milliseconds for one request. @default 30_000 */
  requestTimeout?: number
  /** How often a request that may be repeated is made before its failure counts. @default 4 */
  maxAttempts?: number
  /** @default the runtime's */
  fetch?: (request: Request) => Promise<Response>
  /** Waits between two attempts, milliseconds. */
  sleep?: (milliseconds: number) => Promise<void>
}

interface Answer {
  status: number
  bytes: Uint8Array
}

/**
 * A bucket of S3's kind, by path-style addresses. What can be repeated is repeated by ourselves: the client's own retries would make a lost
 * success of `create` look like somebody else's win.
 */
export function createS3Objects(options: S3Options): ObjectStore {
  const { bucket, prefix = '' } = options
  const { ask, askOnce } = createRequests(options)
  const bucketUrl = `${options.endpoint.replace(/\/+$/, '')}/${bucket}`
  const urlOf = (key: string) => `${bucketUrl}/${(prefix + key).split('/').map(encodeURIComponent).join('/')}`

  return {
    name: `s3://${bucket}/${prefix}`,
    async get(key, range) {
      const headers: Record<string, string> = range ? { range: `bytes=${range.start}-${range.end}` } : {}
      const { status, bytes } = await ask(urlOf(key), { method: 'GET', headers }, [200, 206, 404])
      if (status === 404) return null
      // A server may answer with all of it (RFC 9110 §14.2).
      return range && status === 200 ? bytes.subarray(range.start, range.end + 1) : bytes
    },
    async put(key, bytes) {
      await ask(urlOf(key), { method: 'PUT', body: bytes as Uint8Array<ArrayBuffer> }, [200, 201, 204])
    },
    async create(key, bytes) {
      const init = {
        method: 'PUT',
        body: bytes as Uint8Array<ArrayBuffer>,
        headers: { 'if-none-match': '*' },
      }
      const answer = await askOnce(urlOf(key), init)
      if (!answer || answer.status >= 500 || answer.status === 409 || answer.status === 429) {
        if (answer?.status === 501) throw refusal(answer, bucket)
        return 'unknown'
      }
      if (answer.status === 412) return 'exists'
      if (answer.status >= 200 && answer.status < 300) return 'created'
      throw refusal(answer, bucket)
    },
    async list(keyPrefix, { after, limit = Number.POSITIVE_INFINITY } = {}) {
      const found: ListedObject[] = []
      let token: string | null = null
      do {
        const query = new URLSearchParams({ 'list-type': '2', prefix: prefix + keyPrefix })
        if (limit < 1000) query.set('max-keys', String(limit))
        if (token) query.set('continuation-token', token)
        else if (after) query.set('start-after', prefix + after)
        const { bytes } = await ask(`${bucketUrl}?${query}`, { method: 'GET' }, [200])
        const page = readListing(new TextDecoder().decode(bytes))
        found.push(...page.objects.map(object => ({ ...object, key: object.key.slice(prefix.length) })))
        token = page.next
      } while (token && found.length < limit)
      return found.slice(0, limit)
    },
    async delete(key) {
      await ask(urlOf(key), { method: 'DELETE' }, [200, 202, 204, 404])
    },
  }
}

/** Signed requests, and whole answers. */
function createRequests({
  bucket,
  accessKeyId,
  secretAccessKey,
  sessionToken,
  region = 'us-east-1',
  requestTimeout = 30_000,
  maxAttempts = 4,
  fetch: send = request => fetch(request),
  sleep = milliseconds => new Promise<void>(resolve => setTimeout(resolve, milliseconds)),
}: S3Options) {
  const session = sessionToken ? { sessionToken } : {}
  const client = new AwsClient({
    accessKeyId,
    secretAccessKey,
    ...session,
    region,
    service: 's3',
    retries: 0,
  })

  /** One request, its whole answer read in time. Null where there was none. */
  async function askOnce(url: string, init: RequestInit): Promise<Answer | null> {
    try {
      const signal = AbortSignal.timeout(requestTimeout)
      const answer = await send(await client.sign(url, { ...init, signal, redirect: 'manual' }))
      return { status: answer.status, bytes: new Uint8Array(await answer.arrayBuffer()) }
    } catch {
      return null
    }
  }

  async function ask(url: string, init: RequestInit, accepted: readonly number[]): Promise<Answer> {
    for (let attempt = 1; ; attempt++) {
      const answer = await askOnce(url, init)
      if (answer && accepted.includes(answer.status)) return answer
      if (attempt >= maxAttempts || (answer && !isPassing(answer.status))) throw refusal(answer, bucket)
      await sleep(100 * 2 ** attempt * (0.5 + Math.random()))
    }
  }

  return { ask, askOnce }
}

/** Worth another attempt: the server is busy, or for a moment unwell. */
const isPassing = (status: number) => status >= 500 || status === 429 || status === 408

function refusal(answer: Answer | null, bucket: string): ObjectStoreError {
  if (!answer) return new ObjectStoreError(`The bucket ${bucket} does not answer.`, null)
  const text = new TextDecoder().decode(answer.bytes.subarray(0, 2000))
  const code = /<Code>([\w.]{1,60})<\/Code>/.exec(text)?.[1]
  return new ObjectStoreError(
    `The bucket ${bucket} refused a request: ${answer.status}${code ? ` (${code})` : ''}.`,
    answer.status,
  )
}

/** ListObjectsV2's answer. */
function readListing(xml: string): { objects: ListedObject[]; next: string | null } {
  const root = parseXml(xml).root
  const textIn = (element: XmlElement | null, name: string) =>
    (
      element?.children.find(child => child.type === 'element' && (child as XmlElement).name === name) as
        | XmlElement
        | undefined
    )?.text ?? null
  const objects = (root?.children ?? [])
    .filter(
      (child): child is XmlElement => child.type === 'element' && (child as XmlElement).name === 'Contents',
    )
    .map(element => ({
      key: textIn(element, 'Key') ?? '',
      size: Number(textIn(element, 'Size')),
      modified: Date.parse(textIn(element, 'LastModified') ?? ''),
    }))
  const next = textIn(root, 'IsTruncated') === 'true' ? textIn(root, 'NextContinuationToken') : null
  return { objects, next }
}
