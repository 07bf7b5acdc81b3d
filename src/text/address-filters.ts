import { slugOf } from './slugs.ts'

/** How different systems turn a text into a part of an address. Null where it can't be told what theirs would be. */
export const addressFilters = {
  /** As it is. */
  raw: text => text,
  lower: text => text.toLowerCase(),
  /** Broadsheet's own. */
  slug: text => slugOf(text),
  /** Jekyll's `slugify`, mode `default`. */
  plain: text => joined(text.toLowerCase(), /[^\p{M}\p{L}\p{Nd}]+/gu),
  /** Jekyll's `slugify`, mode `pretty`, letters as they are. */
  pretty: text => joined(text, /[^\p{M}\p{L}\p{Nd}._~!$&'()+,;=@]+/gu),
  // Go makes of a capital with a dot a plain `i`.
  hugo: text => hugoPath(text.replaceAll('İ', 'i').toLowerCase()),
  /** The same where the site keeps capitals. */
  hugocased: hugoPath,
  /** What Hugo makes of a title, a slug or a name besides, where a pattern is filled with it: it reads it as a part of an address. */
  urlized: text => hugoPath(`/${decodedText(text).replaceAll('+', ' ').replace(/#$/, '')}/`).slice(1, -1),
  /** Latin letters without their marks, other letters as they are. */
  unaccented: text =>
    text
      .normalize('NFD')
      .replace(/\p{Mn}+/gu, '')
      .normalize('NFC'),
  /** The names of Zola and of Eleventy's `slugify`: ASCII. */
  ascii: text => {
    const ascii = toAscii(text)
    return ascii === null ? null : joined(ascii.toLowerCase(), /[^a-z0-9]+/g)
  },
  /** Eleventy's `slugify`: https://github.com/sindresorhus/slugify */
  slugify: text => {
    const ascii = toAscii(text.replaceAll('&', ' and ').replace(/(\p{L})['’]([ts])\b/gu, '$1$2'))
    return ascii === null ? null : joined(ascii.toLowerCase(), /[^a-z0-9]+/g)
  },
  /** Eleventy's older `slug`, which keeps some marks: https://github.com/simov/slugify */
  slugged: text => {
    const ascii = toAscii(text.replaceAll('&', 'and'))
    if (ascii === null || /[%|<>$]/.test(ascii)) return null
    return ascii
      .replace(/[^\w\s*+~.()'"!:@-]+/g, '')
      .trim()
      .replace(/\s+/g, '-')
      .toLowerCase()
  },
  /** Pelican's: ASCII, what is neither letter nor digit left out rather than replaced. */
  pelican: text => pelicanSlug(toAscii(text))?.toLowerCase() ?? null,
  /** The same with capitals kept, with all letters kept, and with both. */
  pelicancased: text => pelicanSlug(toAscii(text)),
  pelicanunicode: text => pelicanSlug(text)?.toLowerCase() ?? null,
  pelicanunicodecased: text => pelicanSlug(text),
  /** What Zola's `safe` leaves: names that every file system takes. */
  zolasafe: text => text.replace(/[ .]+$/, '').replace(/[<>:"/\\|?*]/g, ''),
  /** In a way that nobody knows. */
  none: () => null,
  /** GitHub's headings, which Astro's collections follow. */
  github: text =>
    text
      .toLowerCase()
      .replace(/[^\p{L}\p{M}\p{N}\p{Pc} -]/gu, '')
      .replaceAll(' ', '-'),
  /** Hexo's `slugize`: marks of letters go, signs become hyphens. */
  hexo: text =>
    text
      .replace(/[ßæÆœŒøØđĐłŁı]/g, letter => (letter === 'ß' ? 's' : (ligatures[letter] ?? letter)))
      .normalize('NFD')
      .replace(/(?<=\p{Script=Latin})\p{Mn}+/gu, '')
      .normalize('NFC')
      .replace(/[\u0000-\u001f]/g, '')
      .replace(/[\s~`!@#$%^&*()\-_+=[\]{}|\\;:"'<>,.?/]+/g, '-')
      .replace(/^-+|-+$/g, ''),
  /** Quartz's file names. */
  quartz: text =>
    text.replace(/\s/g, '-').replaceAll('&', '-and-').replaceAll('%', '-percent').replace(/[?#]/g, ''),
} as const satisfies Record<string, (text: string) => string | null>

export type AddressFilter = keyof typeof addressFilters

function pelicanSlug(text: string | null): string | null {
  if (text === null) return null
  return text
    .replace(/[^\p{L}\p{M}\p{N}_\s-]/gu, '')
    .trim()
    .replace(/[-\s]+/g, '-')
}

const joined = (text: string, between: RegExp) => text.replace(between, '-').replace(/^-|-$/g, '')

/** `%20` as what it stands for. */
const decodedText = (text: string) =>
  text.replace(/(?:%[\da-f]{2})+/gi, escaped => {
    try {
      return decodeURIComponent(escaped)
    } catch {
      return escaped
    }
  })

/** Hugo keeps some characters, drops the others, and joins words by one hyphen, none where one stands already. */
function hugoPath(text: string): string {
  const given = text.includes('%') ? text.replace(/%(?![\da-f]{2})/gi, '') : text
  // Nearly every name, and what was made of a title before.
  if (/^[\w.#+~@%/\\-]*$/.test(given)) return given
  let path = ''
  for (const part of given.split(/\s+/)) {
    const kept = part.replace(/[^\p{L}\p{M}\p{N}._#+~@%/\\-]+/gu, '')
    if (kept === '') continue
    path += path === '' || path.endsWith('-') || kept.startsWith('-') ? kept : `-${kept}`
  }
  return path
}

const ligatures: Record<string, string> = {
  ß: 'ss',
  æ: 'ae',
  Æ: 'AE',
  œ: 'oe',
  Œ: 'OE',
  ø: 'o',
  Ø: 'O',
  đ: 'd',
  Đ: 'D',
  ł: 'l',
  Ł: 'L',
  þ: 'th',
  Þ: 'Th',
  ı: 'i',
}

/** Latin letters without their marks; null where others remain: how a system spells those in ASCII is its own table. */
function toAscii(text: string): string | null {
  const ascii = text
    .replace(/[ßæÆœŒøØđĐłŁþÞı]/g, letter => ligatures[letter] ?? letter)
    .normalize('NFKD')
    .replace(/\p{M}+/gu, '')
  return /[^\p{ASCII}]/u.test(ascii) && /[\p{L}\p{N}]/u.test(ascii.replace(/\p{ASCII}+/gu, '')) ? null : ascii
}
