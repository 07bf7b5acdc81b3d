import { imageSize } from './image-size.ts'

/*
 * What Apple's directory asks of a show, one rule after the other
 * (https://podcasters.apple.com/support/823-podcast-requirements, .../896-artwork-requirements, .../1691-apple-podcasts-categories).
 * Spotify asks the same and less, but for the owner's address, by which it finds out whose show it is, and the length of an episode.
 */

/** Apple's categories, each with those inside it. */
const podcastCategories: Record<string, readonly string[]> = {
  Arts: ['Books', 'Design', 'Fashion & Beauty', 'Food', 'Performing Arts', 'Visual Arts'],
  Business: ['Careers', 'Entrepreneurship', 'Investing', 'Management', 'Marketing', 'Non-Profit'],
  Comedy: ['Comedy Interviews', 'Improv', 'Stand-Up'],
  Education: ['Courses', 'How To', 'Language Learning', 'Self-Improvement'],
  Fiction: ['Comedy Fiction', 'Drama', 'Science Fiction'],
  Government: [],
  History: [],
  'Health & Fitness': [
    'Alternative Health',
    'Fitness',
    'Medicine',
    'Mental Health',
    'Nutrition',
    'Sexuality',
  ],
  'Kids & Family': ['Education for Kids', 'Parenting', 'Pets & Animals', 'Stories for Kids'],
  Leisure: [
    'Animation & Manga',
    'Automotive',
    'Aviation',
    'Crafts',
    'Games',
    'Hobbies',
    'Home & Garden',
    'Video Games',
  ],
  Music: ['Music Commentary', 'Music History', 'Music Interviews'],
  News: [
    'Business News',
    'Daily News',
    'Entertainment News',
    'News Commentary',
    'Politics',
    'Sports News',
    'Tech News',
  ],
  'Religion & Spirituality': [
    'Buddhism',
    'Christianity',
    'Hinduism',
    'Islam',
    'Judaism',
    'Religion',
    'Spirituality',
  ],
  Science: [
    'Astronomy',
    'Chemistry',
    'Earth Sciences',
    'Life Sciences',
    'Mathematics',
    'Natural Sciences',
    'Nature',
    'Physics',
    'Social Sciences',
  ],
  'Society & Culture': ['Documentary', 'Personal Journals', 'Philosophy', 'Places & Travel', 'Relationships'],
  Sports: [
    'Baseball',
    'Basketball',
    'Cricket',
    'Fantasy Sports',
    'Football',
    'Golf',
    'Hockey',
    'Rugby',
    'Running',
    'Soccer',
    'Swimming',
    'Tennis',
    'Volleyball',
    'Wilderness',
    'Wrestling',
  ],
  Technology: [],
  'True Crime': [],
  'TV & Film': ['After Shows', 'Film History', 'Film Interviews', 'Film Reviews', 'TV Reviews'],
}

/** `Society & Culture > Documentary` and all others, as settings write them. */
export const categoryNames: readonly string[] = Object.entries(podcastCategories).flatMap(([name, inner]) => [
  name,
  ...inner.map(within => `${name} > ${within}`),
])

/** Whether directories know a category. */
export function isPodcastCategory(category: string): boolean {
  return categoryNames.includes(category.split(/\s*>\s*/).join(' > '))
}

/** Bytes of a description that directories take. */
export const longestDescription = 4000

/** Seconds of an episode that Spotify takes (https://support.spotify.com/podcasters/article/video-specs/). */
export const longestEpisode = 12 * 3600

/** What sounds directories take. */
export const directoryTypes =
  /^(?:audio\/(?:mpeg|mp4|x-m4a|aac)|video\/(?:mp4|x-m4v|quicktime)|application\/pdf)$/i

/** Pixels of a cover's side. */
const coverSides = { least: 1400, most: 3000 }

/** Whether a picture has the sides that directories take. */
export function isCoverSized({ width, height }: { width: number; height: number }): boolean {
  return width === height && width >= coverSides.least && width <= coverSides.most
}

/**
 * What is wrong with a cover, in words that go on "The cover …"; empty where nothing is.
 * @param bytes its beginning
 * @param name its path or address, whose extension has to be true
 */
export function coverFaults(bytes: Uint8Array, name: string): string[] {
  const size = imageSize(bytes)
  if (!size) return ['is no picture that can be read']
  const { type, width, height, colours } = size
  if (type !== 'image/jpeg' && type !== 'image/png') return [`is ${type}, not a JPEG or PNG`]
  const extension = /\.(jpe?g|png)(?:[?#].*)?$/i.exec(name)?.[1]?.toLowerCase()
  const { least, most } = coverSides
  return [
    (type === 'image/png') !== (extension === 'png') && `is ${type}, and its name ends otherwise`,
    width !== height && `is ${width} by ${height} pixels, not square`,
    (Math.min(width, height) < least || Math.max(width, height) > most) &&
      `has sides of ${width} and ${height} pixels, not of ${least} to ${most}`,
    (colours === 'cmyk' || colours === 'grey') && `is in ${colours === 'cmyk' ? 'CMYK' : 'grey'}, not in RGB`,
  ].filter(fault => typeof fault === 'string')
}
