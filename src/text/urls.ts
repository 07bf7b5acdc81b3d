/** The decoded path of an address below a publication's url (`/` + the rest), or null where it lies elsewhere. */
export function publicationPath(address: string, base: string): string | null {
  if (!address.startsWith(base)) return null
  try {
    return `/${decodeURIComponent(address.slice(base.length).replace(/[?#].*$/, ''))}`.normalize('NFC')
  } catch {
    return null
  }
}
