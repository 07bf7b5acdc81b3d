import type { Chapter } from './media-facts.ts'

/** What an article says as an episode of a podcast. An article without sound or film has none of this. */
export interface Episode {
  /** Its title without the show's name and numbers. */
  title: string | null
  season: { number: number; name: string | null } | null
  /** `display`: what people call it, `Ch. 3`. */
  number: { value: number; display: string | null } | null
  kind: EpisodeKind | null
  /** Null: as the show. */
  explicit: boolean | null
  /** Kept out of Apple's directory. */
  blocked: boolean
  /** A picture of its own. */
  image: EpisodePicture | null
  transcripts: Transcript[]
  /** `url`: a file with the same list; null where one is made of the list. */
  chapters: { list: Chapter[]; url: string | null } | null
  persons: Person[]
  texts: PurposeText[]
  location: Location | null
  license: License | null
  socials: SocialPlace[]
}

/** `url` is absolute. Type and pixels are null where they are not known. */
export interface EpisodePicture {
  url: string
  type: string | null
  width: number | null
  height: number | null
}

export const episodeKinds = ['full', 'trailer', 'bonus'] as const
export type EpisodeKind = (typeof episodeKinds)[number]

export interface Transcript {
  url: string
  type: string
  /** BCP 47; null: the episode's. */
  language: string | null
  /** What it says, as HTML that is safe to show; null where it is not at hand. */
  html: string | null
}

export interface Person {
  name: string
  /** `host`, `guest`: of the taxonomy at podcasttaxonomy.com, lower case. */
  role: string | null
  group: string | null
  image: string | null
  url: string | null
}

export interface PurposeText {
  purpose: string | null
  text: string
}

export interface Location {
  name: string
  /** `geo:47.5,19.1` (RFC 5870). */
  geo: string | null
  /** `R113314`: a place of OpenStreetMap. */
  osm: string | null
}

export interface License {
  /** An identifier of SPDX, lower case, or words. */
  name: string
  url: string | null
}

export interface SocialPlace {
  url: string
  protocol: string
  account: string | null
}

export const plainEpisode: Episode = {
  title: null,
  season: null,
  number: null,
  kind: null,
  explicit: null,
  blocked: false,
  image: null,
  transcripts: [],
  chapters: null,
  persons: [],
  texts: [],
  location: null,
  license: null,
  socials: [],
}
