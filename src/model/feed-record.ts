/** One item of somebody's feed document, as far as a publication needs to compare itself with it. */
export interface FeedRecord {
  /** Its place among the feed's items, from 1 on; null for one that the feed holds no more. */
  item: number | null
  /** The id as the feed gives it, character for character; an item without one is known by its link. */
  id: string
  url: string | null
  title: string | null
  /** Epoch milliseconds; null where the feed gives no date that can be read. */
  published: number | null
  updated: number | null
}
