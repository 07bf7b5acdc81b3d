/** SHA-256 as lower-case hex, from whoever has the quicker one: Node's is synchronous, WebCrypto's is not. */
export type Digest = (bytes: Uint8Array) => string | Promise<string>

/** The digest every runtime has: WebCrypto's. */
export async function sha256(bytes: Uint8Array): Promise<string> {
  return hex(new Uint8Array(await crypto.subtle.digest('SHA-256', bytes as Uint8Array<ArrayBuffer>)))
}

export function hex(bytes: Uint8Array): string {
  let text = ''
  for (const byte of bytes) text += byte.toString(16).padStart(2, '0')
  return text
}
