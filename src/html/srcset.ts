/**
 * Rewrites the addresses of a `srcset` (HTML Standard §4.8.4.2.1). A comma may be part of an address, so candidates are
 * read as the standard reads them: an address runs up to white space, descriptors up to the next comma.
 * Candidates whose address `resolve` refuses are left out.
 */
export function resolveSrcset(srcset: string, resolve: (url: string) => string | null): string {
  const candidates: string[] = []
  let at = 0
  while (at < srcset.length) {
    while (at < srcset.length && /[\s,]/.test(srcset.charAt(at))) at++
    const end = endOfAddress(srcset, at)
    const written = srcset.slice(at, end)
    if (written === '') {
      at = Math.max(end, at + 1)
      continue
    }
    const address = written.replace(/,+$/, '')
    let descriptor = ''
    at = end
    if (address === written) {
      const comma = srcset.indexOf(',', end)
      at = comma === -1 ? srcset.length : comma + 1
      descriptor = srcset.slice(end, comma === -1 ? srcset.length : comma).trim()
    }
    const url = resolve(address)
    // An address with a comma at either end, or with spaces, could not be read back.
    if (url !== null && !/^,|,$|\s/.test(url) && /^(?:[\d.]+[wxh](?:\s+[\d.]+h)?)?$/.test(descriptor))
      candidates.push(descriptor ? `${url} ${descriptor}` : url)
  }
  return candidates.join(', ')
}

function endOfAddress(srcset: string, from: number): number {
  const space = /\s/g
  space.lastIndex = from
  return space.exec(srcset)?.index ?? srcset.length
}
