import { mediaTypeEssence } from '../text/media-type.ts'
/**
 * A page's `Link` header with the feed at whose address the page is shown, where it is not announced there already
 * (RFC 8288; members are separated by commas).
 * @param mediaType May carry a charset, which is not part of the type
 */
export function announceFeed(link: string | undefined, address: string, mediaType: string): string {
  if (link?.includes(`<${address}>`)) return link
  const announced = `<${address}>; rel="alternate"; type="${mediaTypeEssence(mediaType)}"`
  return link ? `${link}, ${announced}` : announced
}
