import { withheldReason } from '../catalog/withhold.ts'
import type { Article } from '../model/article.ts'
import { mediaAddress } from '../model/media-address.ts'
import { namedPictures, type Site } from '../model/site.ts'
import type { MediaFile, Publication } from '../model/snapshot.ts'

/**
 * Media come and go with the articles that show them: a picture of an article that waits for its time tells as much as its text.
 * What articles that are to be seen show too, and what the settings name, is there all the time.
 */
export function withTimedMedia(
  publication: Publication,
  { articles, timed = [] }: { articles: readonly Article[]; timed?: readonly Article[] },
  site: Pick<Site, 'icon' | 'logo' | 'podcast' | 'feeds'>,
): Publication {
  const moving = new Set(timed.flatMap(article => article.media))
  if (moving.size === 0) return publication
  const always = new Set(timed)
  for (const article of articles)
    if (!always.has(article)) for (const path of article.media) moving.delete(path)
  for (const [, path] of namedPictures(site)) moving.delete(path.replace(/^\.?\//, ''))
  const addresses = new Set([...moving].map(mediaAddress))
  const shownAt = (time: number) =>
    new Set(
      timed.flatMap(article =>
        withheldReason(article, time) === null ? article.media.map(mediaAddress) : [],
      ),
    )
  const isShown = ({ path }: MediaFile, shown: ReadonlySet<string>) => !addresses.has(path) || shown.has(path)
  let before = shownAt(publication.publishedAt)
  const media = publication.media.filter(file => isShown(file, before))
  const due = publication.due.map(step => {
    const after = shownAt(step.at)
    const came = publication.media.filter(file => isShown(file, after) && !isShown(file, before))
    const went = publication.media.filter(file => isShown(file, before) && !isShown(file, after))
    before = after
    return { ...step, gone: [...step.gone, ...went.map(({ path }) => path)], media: came }
  })
  return { ...publication, media, due }
}
