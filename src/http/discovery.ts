/** Link headers (RFC 8288) as one: members are separated by commas, absent ones left out. */
export function joinLinks(...headers: (string | null | undefined)[]): string {
  return headers.filter(Boolean).join(', ')
}

/** The feed that a page at its address stands for. `mediaType` may carry a charset, which is no part of the type. */
export function alternateLink(url: string, mediaType: string): string {
  return `<${url}>; rel="alternate"; type="${mediaType.split(';')[0]!.trim()}"`
}
