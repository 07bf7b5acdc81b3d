/**
 * What a system makes of one article: what people see of it on the site. What a judge can't tell is left out, and not
 * compared.
 */
export interface JudgedArticle {
  /** The path of its page, decoded, from the root of the host. */
  url?: string
  title?: string
  /** RFC 3339 in UTC; null where it has none. */
  date?: string | null
  /** Sorted. */
  tags?: string[]
  authors?: string[]
  language?: string
  /** Whether the site's feed has it. */
  inFeed?: boolean
  /** What there is to read, white space as one space. */
  text?: string
  /** By the words of the link, or the text that stands for the picture: where it leads (`LinkTarget`). */
  links?: Record<string, string>
}

/** By path in the folder; a file that is not there is not published. */
export type Judgement = Record<string, JudgedArticle>

/** How a real system is run: on a copy of the folder, which it may change. */
export interface Judge {
  name: string
  /** The version, for the report; null where the system is not installed. */
  version(): Promise<string | null>
  /** @param folder a copy; @param out an empty folder beside it */
  judge(folder: string, out: string): Promise<Judgement>
}

/** Two judgements that are not one, with the file and the fact. */
export interface Difference {
  path: string
  fact: string
  theirs: unknown
  ours: unknown
}

/**
 * Where ours is other than theirs.
 * @param reasons differences that are meant: by path, or `path fact`, why
 */
export function differences(
  theirs: Judgement,
  ours: Judgement,
  reasons: Record<string, string> = {},
): Difference[] {
  const pages = new Set(Object.values(theirs).map(({ url }) => url))
  const paths = [...new Set([...Object.keys(theirs), ...Object.keys(ours)])].sort()
  return paths
    .flatMap(path => differencesOf(path, theirs[path], ours[path], pages))
    .filter(({ path, fact }) => !(path in reasons) && !(`${path} ${fact}` in reasons))
}

function differencesOf(
  path: string,
  theirs: JudgedArticle | undefined,
  ours: JudgedArticle | undefined,
  pages: ReadonlySet<string | undefined>,
): Difference[] {
  if (!theirs || !ours)
    return [{ path, fact: 'published', theirs: theirs !== undefined, ours: ours !== undefined }]
  const found: Difference[] = []
  for (const fact of ['url', 'title', 'date', 'tags', 'authors', 'language', 'inFeed', 'text'] as const) {
    if (theirs[fact] === undefined || ours[fact] === undefined) continue
    const [one, other] = [theirs[fact], ours[fact]].map(value => JSON.stringify(value))
    if (one !== other) found.push({ path, fact, theirs: theirs[fact], ours: ours[fact] })
  }
  for (const [words, target] of Object.entries(theirs.links ?? {})) {
    const ourTarget = ours.links?.[words]
    // Pages that are no articles have other addresses here. What leads nowhere there need not lead nowhere here.
    const meant = target.startsWith('/') && !pages.has(target) ? 'page' : target
    if (target !== 'dead' && ourTarget !== meant)
      found.push({ path, fact: `link ${words}`, theirs: meant, ours: ourTarget })
  }
  return found
}
