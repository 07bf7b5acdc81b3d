/** `Text/HTML; charset=utf-8` is `text/html`: its essence (MIME Sniffing §4.5), the parameters left out. */
export const mediaTypeEssence = (mediaType: string): string =>
  mediaType.replace(/;.*$/s, '').trim().toLowerCase()
