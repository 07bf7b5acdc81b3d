import type { SignatureMethod } from '../model/push-settings.ts'

const names = { sha1: 'SHA-1', sha256: 'SHA-256', sha384: 'SHA-384', sha512: 'SHA-512' } as const
const encoder = new TextEncoder()

/** `sha256=…`: the value of `X-Hub-Signature` (WebSub §7.1). */
export async function hubSignature(
  method: SignatureMethod,
  secret: string,
  body: Uint8Array<ArrayBuffer>,
): Promise<string> {
  const bytes = await hmac(names[method], encoder.encode(secret), body)
  return `${method}=${bytes.reduce((hex, byte) => hex + byte.toString(16).padStart(2, '0'), '')}`
}

/** `v1,…`: one signature of Standard Webhooks, over id, timestamp and body. @param secret `whsec_` and base64 */
export async function webhookSignature(
  secret: string,
  message: { id: string; seconds: number; body: string },
): Promise<string> {
  const content = encoder.encode(`${message.id}.${message.seconds}.${message.body}`)
  const bytes = await hmac('SHA-256', secretBytes(secret), content)
  return `v1,${btoa(String.fromCharCode(...bytes))}`
}

/** Whether a webhook's secret has the form and the length (24 to 64 bytes) that Standard Webhooks asks for. */
export function isWebhookSecret(secret: string): boolean {
  try {
    const { length } = secretBytes(secret)
    return length >= 24 && length <= 64
  } catch {
    return false
  }
}

function secretBytes(secret: string): Uint8Array<ArrayBuffer> {
  return Uint8Array.from(atob(secret.replace(/^whsec_/, '')), character => character.charCodeAt(0))
}

async function hmac(
  hash: string,
  secret: Uint8Array<ArrayBuffer>,
  data: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array> {
  const key = await crypto.subtle.importKey('raw', secret, { name: 'HMAC', hash }, false, ['sign'])
  return new Uint8Array(await crypto.subtle.sign('HMAC', key, data))
}
