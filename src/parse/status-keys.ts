import {
  draftWords,
  notYetPhrases,
  plainDraftWords,
  unfinishedPhrases,
  unfinishedStates,
  unpublishedWords,
} from './draft-words.ts'

/**
 * What keys say of an article's status. Nobody asks people how they write "not yet": `draft: ja`, `draft: 1`, `publish: no`,
 * `status: WIP (pictures missing)`. So a key that hides does so by any value but a plain no, and a key that shows hides by any
 * plain no; where it is uncertain whether something may be seen, it may not.
 */
export type StatusKeyValue = 'draft' | 'unlisted' | 'password' | 'paid' | null

const no = new Set(
  'false no n off 0 nein non nej nee nie não nao ne ei нет ні não hayır hayir いいえ 否 不 아니요 아니오 لا نه خیر नहीं'.split(
    ' ',
  ),
)
/** Words that say of a draft that it is none any more. */
const done = new Set([
  'none',
  'null',
  'nil',
  'never',
  'published',
  'public',
  'live',
  'final',
  'done',
  'finished',
])
const yes = new Set(['true', 'yes', 'on', 'y', '1'])
const plainYes = new Set([
  ...yes,
  'ja',
  'oui',
  'sí',
  'si',
  'sì',
  'sim',
  'tak',
  'да',
  'так',
  'evet',
  'はい',
  '是',
  '예',
  'نعم',
  'हाँ',
])

const word = (value: unknown) => (typeof value === 'string' ? value.trim().toLowerCase() : '')
const isNothing = (value: unknown) =>
  value === null ||
  value === undefined ||
  (typeof value === 'string' && value.trim() === '') ||
  (typeof value === 'object' && Object.keys(value as object).length === 0)

/** True as YAML 1.2, YAML 1.1 and people write it. */
export const isTrue = (value: unknown): boolean => value === true || value === 1 || yes.has(word(value))
export const isFalse = (value: unknown): boolean => value === false || value === 0 || no.has(word(value))

/** Everything but nothing and a plain no. */
export const isSaid = (value: unknown): boolean =>
  Array.isArray(value) ? value.some(isSaid) : !isNothing(value) && !isFalse(value) && !done.has(word(value))

const said =
  (status: StatusKeyValue) =>
  (value: unknown): StatusKeyValue =>
    isSaid(value) ? status : null
const denied =
  (status: StatusKeyValue) =>
  (value: unknown): StatusKeyValue =>
    isFalse(value) ? status : wordStatus(value)

/** A word or a number that opens it: `0` and `no` are such, too. */
const passwordOf = (value: unknown): StatusKeyValue =>
  Array.isArray(value)
    ? (value.map(passwordOf).find(status => status !== null) ?? null)
    : isNothing(value) || value === false || /^(?:false|none|null|nil)$/.test(word(value))
      ? null
      : 'password'
const refused = (value: unknown): StatusKeyValue => (isFalse(value) ? 'unlisted' : null)

/** Words of a status, in the languages that programs and people write it in. */
const draftStates = new Set([...draftWords, ...unpublishedWords, ...unfinishedStates])
const hiddenWords = new Set(
  'private hidden unlisted skip internal confidential secret privat privé privado privato приватный 私有 非公開 비공개'.split(
    ' ',
  ),
)
const draftPhrases = new RegExp(
  `(?<![\\p{L}\\p{N}])(?:${[...draftWords, ...unpublishedWords, ...unfinishedPhrases, ...notYetPhrases]
    .filter(text => text.includes(' '))
    .concat('auto-draft')
    .join('|')})(?![\\p{L}\\p{N}])`,
  'u',
)

/** What a status says in words: `Draft 2 (pictures missing)`. Lists say it by any of their words. */
function wordStatus(value: unknown): StatusKeyValue {
  if (Array.isArray(value)) return value.map(wordStatus).find(status => status !== null) ?? null
  const written = word(value)
  if (written === '') return null
  const words = written.split(/[^\p{L}\p{M}\p{N}\u200c]+/u)
  if (words.some(one => draftStates.has(one)) || draftPhrases.test(written)) return 'draft'
  return words.some(one => hiddenWords.has(one)) ? 'unlisted' : null
}

const visibilityWords: Record<string, StatusKeyValue> = {
  password: 'password',
  protected: 'password',
  members: 'paid',
  paid: 'paid',
  tiers: 'paid',
  subscribers: 'paid',
  locked: 'paid',
}
const visibility = (value: unknown): StatusKeyValue =>
  isFalse(value) || word(value) === 'none' ? 'unlisted' : (visibilityWords[word(value)] ?? wordStatus(value))

function isLeftUnbuilt(value: unknown): boolean {
  if (value === null || typeof value !== 'object') return false
  const { render, list } = value as Record<string, unknown>
  return [render, list].some(said => isFalse(said) || /^(?:never|link|local)$/.test(word(said)))
}

const statusKeys: Record<string, (value: unknown) => StatusKeyValue> = {
  ...Object.fromEntries(
    [
      ...[
        'isDraft',
        'drafts',
        'unfinished',
        'embargoed',
        'trashed',
        'deleted',
        'underEmbargo',
        'isEmbargoed',
      ],
      ...['unpublish', 'doNotPublish', 'dontPublish', 'noPublish', 'notPublished', 'notReady', 'withheld'],
      ...['hold', 'onHold', 'isOnHold', 'inReview', 'pending', 'gesperrt', 'zurückgestellt'],
      ...unpublishedWords,
      ...plainDraftWords,
    ].map(key => [key, said('draft')]),
  ),
  ...Object.fromEntries(
    [
      ...['published', 'isPublished', 'publish', 'dgPublish', 'enabled', 'isLive', 'live'],
      ...['ready', 'isReady', 'approved', 'isApproved'],
      ...['veröffentlicht', 'publié', 'publicado', 'pubblicato', 'gepubliceerd', 'опубликовано'],
    ].map(key => [key, denied('draft')]),
  ),
  ...Object.fromEntries(
    [
      ...['status', 'postStatus', 'publishStatus', 'publicationStatus', 'reviewStatus'],
      ...['state', 'stage', 'workflow'],
    ].map(key => [key, wordStatus]),
  ),
  visibility,
  access: visibility,
  // Most types are kinds of articles, a review among them.
  type: value => (/^drafts?$/.test(word(value)) ? 'draft' : null),
  ...Object.fromEntries(
    ['membersOnly', 'subscribersOnly', 'premium', 'paywall', 'paywalled'].map(key => [key, said('paid')]),
  ),
  // Until when nobody knows; a day is read as a day.
  embargo: value => (isTrue(value) || plainYes.has(word(value)) ? 'draft' : null),
  audience: value =>
    /^(?:only[-_ ]|founding|paid|paying|premium|members?\b|subscribers?\b)/.test(word(value)) ? 'paid' : null,
  // Buttondown: `public`, and what it sends to some.
  emailType: value => (isNothing(value) || word(value) === 'public' ? null : 'paid'),
  archivalMode: value =>
    isNothing(value) || /^(?:enabled|archive_only)$/.test(word(value))
      ? null
      : word(value) === 'disabled'
        ? 'unlisted'
        : 'paid',
  ...Object.fromEntries(
    [
      ...['private', 'isPrivate', 'hidden', 'unlisted', 'secret', 'confidential', 'privat', 'privado'],
      ...[
        'archived',
        'isArchived',
        'offline',
        'isOffline',
        'inactive',
        'disabled',
        'isDisabled',
        'invisible',
      ],
      ...['isHidden', 'isUnlisted', 'isSecret', 'suppressed', 'versteckt', 'verborgen', 'caché', 'oculto'],
    ].map(key => [key, said('unlisted')]),
  ),
  ...Object.fromEntries(['public', 'isPublic', 'visible', 'listed'].map(key => [key, denied('unlisted')])),
  // Of these a plain no alone: `show` may be a programme's name.
  ...Object.fromEntries(
    [
      ...[
        'isVisible',
        'isListed',
        'online',
        'isOnline',
        'active',
        'isActive',
        'activated',
        'show',
        'display',
      ],
      ...[
        'available',
        'isAvailable',
        'released',
        'isReleased',
        'sichtbar',
        'öffentlich',
        'aktiv',
        'visibile',
      ],
      'visível',
    ].map(key => [key, refused]),
  ),
  // `hide: [toc]` hides a part of a page in some themes.
  hide: value => (isTrue(value) ? 'unlisted' : null),
  headless: value => (isTrue(value) ? 'unlisted' : null),
  // A list of collections: one of them may be the feed's.
  eleventyExcludeFromCollections: said('unlisted'),
  // Eleventy's way to make no page of it.
  permalink: value => (value === false ? 'unlisted' : null),
  render: value => (isFalse(value) ? 'unlisted' : null),
  // Hugo's, also as `_build`: https://gohugo.io/content-management/build-options/
  build: value => (isLeftUnbuilt(value) ? 'unlisted' : null),
  ...Object.fromEntries(
    ['protected', 'encrypt', 'encrypted', 'isEncrypted', 'encryption'].map(key => [key, said('password')]),
  ),
  ...Object.fromEntries(
    [
      ...['password', 'postPassword', 'viewPassword', 'accessPassword', 'encPassword', 'encryptPassword'],
      ...['passwd', 'pwd', 'encPwd', 'passphrase', 'passcode', 'accessCode'],
    ].map(key => [key, passwordOf]),
  ),
  // Of these a plain yes alone: a table or a list may name something of the page.
  ...Object.fromEntries(
    ['exclude', 'excluded', 'ignore', 'ignored', 'skip'].map(key => [
      key,
      (value: unknown) => (isTrue(value) ? 'unlisted' : null),
    ]),
  ),
  ...Object.fromEntries(
    ['hide', 'hidden', 'exclude', 'excluded'].flatMap(verb =>
      [
        ...['List', 'Lists', 'Listing', 'Listings', 'Archive', 'Archives', 'Blog', 'Posts', 'Index'],
        ...['Site', 'Public', 'Collections', 'Everywhere', 'Everything', 'All'],
      ].flatMap(place => [`${verb}From${place}`, `${verb}In${place}`].map(key => [key, said('unlisted')])),
    ),
  ),
  ...Object.fromEntries(
    ['notShow', 'noShow', 'dontShow', 'doNotShow', 'unlist', 'noList'].map(key => [key, said('unlisted')]),
  ),
}

/** Names are compared by their letters alone: neither case nor `-`, `_`, spaces and quotation marks count. */
const fold = (key: string) => key.toLowerCase().replace(/[^\p{L}\p{M}\p{N}]/gu, '')
const byName = new Map(Object.entries(statusKeys).map(([key, read]) => [fold(key), read]))

/** Keys that tell whether it goes into feeds, and what each value says: on the site and in no feed is a page that is no news. */
const feedKeys = new Map<string, (value: unknown) => InFeeds>([
  ...['inFeed', 'inFeeds', 'includeInFeed', 'includeInFeeds', 'includeInRss'].map(
    (key): [string, (value: unknown) => InFeeds] => [fold(key), inFeedsAs],
  ),
  // These may also say where a feed is.
  ...['feed', 'rss'].map((key): [string, (value: unknown) => InFeeds] => [
    fold(key),
    value => !isFalse(value),
  ]),
  ...[
    ...['hide', 'hidden', 'exclude', 'excluded'].flatMap(verb =>
      ['Feed', 'Feeds', 'Rss', 'Atom'].flatMap(feed => [`${verb}From${feed}`, `${verb}In${feed}`]),
    ),
    ...['feedExclude', 'rssIgnore', 'rssExclude', 'noFeed', 'noRss', 'skipFeed', 'skipRss'],
  ].map((key): [string, (value: unknown) => InFeeds] => [fold(key), value => !isSaid(value)]),
])

/** `unclear`: it is neither a plain yes nor a plain no. */
type InFeeds = boolean | 'unclear'

function inFeedsAs(value: unknown): InFeeds {
  if (isFalse(value)) return false
  return isNothing(value) || isTrue(value) || plainYes.has(word(value)) ? true : 'unclear'
}

/** Whether a key and its value let an article into feeds; null where the key says nothing of them. */
export const readInFeeds = (key: string, value: unknown): InFeeds | null =>
  feedKeys.get(fold(key))?.(value) ?? null

/** Whether a key of front matter tells an article's status. */
export const isStatusKey = (key: string): boolean => byName.has(fold(key))

/** Why a key and its value withhold an article; null where they do not. */
export const readStatus = (key: string, value: unknown): StatusKeyValue =>
  byName.get(fold(key))?.(value) ?? null

/** Whether a key and its value say plainly that an article is there to be read: `draft: false`, `published: true`, `status: final`. */
export function saysPublished(key: string, value: unknown): boolean {
  if (readStatus(key, value) !== null) return false
  if (isFalse(value)) return readStatus(key, true) === 'draft'
  if (isTrue(value)) return readStatus(key, false) === 'draft'
  return (
    readStatus(key, 'draft') === 'draft' &&
    done.has(word(value)) &&
    !['none', 'null', 'nil'].includes(word(value))
  )
}
