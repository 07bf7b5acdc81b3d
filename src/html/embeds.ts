import { filmSeconds } from '../text/film-time.ts'
import { primaryLanguage } from '../text/language.ts'
import { ownValue } from '../text/own-value.ts'
/** A film, a sound or another thing that somebody else's page plays. */
export interface Embed {
  /** Where a person can play it. */
  url: string
  /** What people call the place. */
  host: string
  kind: 'film' | 'sound' | 'page'
}

interface Player {
  host: string
  kind: Embed['kind']
  /** Of the player's address, without scheme and `www.`. */
  match: RegExp
  /** What the address for people is made of; null where the player's own is one. */
  page(parts: string[], query: URLSearchParams): string | null
}

const playerOf =
  (kind: Embed['kind']) =>
  (host: string, match: RegExp, page: Player['page']): Player => ({ host, kind, match, page })
const film = playerOf('film')
const sound = playerOf('sound')
const page = playerOf('page')

/** An address that ends with what a parameter says; null without it. */
const withParameter =
  (address: string, name: string): Player['page'] =>
  (_, query) => {
    const value = query.get(name)
    return value ? address + encodeURIComponent(value) : null
  }

function youtube([, id]: string[], query: URLSearchParams): string | null {
  if (id === 'videoseries' || id === 'live_stream') {
    const list = query.get('list')
    const channel = query.get('channel')
    return list
      ? `https://www.youtube.com/playlist?list=${encodeURIComponent(list)}`
      : channel
        ? `https://www.youtube.com/channel/${encodeURIComponent(channel)}/live`
        : null
  }
  const start = filmSeconds(query.get('start') ?? query.get('t') ?? '')
  return `https://www.youtube.com/watch?v=${id}${start > 0 ? `&t=${start}s` : ''}`
}

/** The players that pages have most, and where the same thing is for people. */
const players: Player[] = [
  film(
    'YouTube',
    /^(?:(?:m\.)?youtube(?:-nocookie)?\.com\/(?:embed|v|shorts|live)\/|youtu\.be\/)([\w-]+)/,
    youtube,
  ),
  film('YouTube', /^(?:m\.)?youtube(?:-nocookie)?\.com\/(?:(embed)\/?|playlist)$/, (_, query) =>
    youtube(['', 'videoseries'], query),
  ),
  film('YouTube', /^(?:m\.)?youtube\.com\/watch$/, () => null),
  film('Vimeo', /^(?:player\.vimeo\.com\/video|vimeo\.com)\/(\d+)/, ([, id], query) => {
    const hash = query.get('h')
    return `https://vimeo.com/${id}${hash ? `/${encodeURIComponent(hash)}` : ''}`
  }),
  film(
    'Dailymotion',
    /^(?:dailymotion\.com\/(?:embed\/)?video|dai\.ly)\/(\w+)/,
    ([, id]) => `https://www.dailymotion.com/video/${id}`,
  ),
  film(
    'Dailymotion',
    /^geo\.dailymotion\.com\/player/,
    withParameter('https://www.dailymotion.com/video/', 'video'),
  ),
  film('Twitch', /^player\.twitch\.tv\/$/, (_, query) => {
    const video = query.get('video')?.replace(/^v/, '')
    const channel = query.get('channel')
    return video
      ? `https://www.twitch.tv/videos/${encodeURIComponent(video)}`
      : channel
        ? `https://www.twitch.tv/${encodeURIComponent(channel)}`
        : null
  }),
  film('Twitch', /^clips\.twitch\.tv\/embed$/, withParameter('https://clips.twitch.tv/', 'clip')),
  film(
    'TikTok',
    /^tiktok\.com\/(?:embed(?:\/v2|\/v3)?|player\/v1)\/(\d+)/,
    ([, id]) => `https://www.tiktok.com/@/video/${id}`,
  ),
  film('Facebook', /^facebook\.com\/plugins\/(?:video|post)\.php$/, (_, query) => query.get('href')),
  film(
    'Instagram',
    /^instagram\.com\/(p|reel|tv)\/([\w-]+)/,
    ([, kind, id]) => `https://www.instagram.com/${kind}/${id}/`,
  ),
  film('Bilibili', /^player\.bilibili\.com\/player\.html$/, (_, query) => {
    const id = query.get('bvid') ?? (query.get('aid') ? `av${query.get('aid')}` : null)
    return id ? `https://www.bilibili.com/video/${encodeURIComponent(id)}` : null
  }),
  film('Niconico', /^embed\.nicovideo\.jp\/watch\/(\w+)/, ([, id]) => `https://www.nicovideo.jp/watch/${id}`),
  film('VK', /^(?:vk\.com|vkvideo\.ru)\/video_ext\.php$/, (_, query) => {
    const [owner, id] = [query.get('oid'), query.get('id')]
    return owner && id
      ? `https://vkvideo.ru/video${encodeURIComponent(owner)}_${encodeURIComponent(id)}`
      : null
  }),
  film('Rutube', /^rutube\.ru\/play\/embed\/(\w+)/, ([, id]) => `https://rutube.ru/video/${id}/`),
  film(
    'Aparat',
    /^aparat\.com\/video\/video\/embed\/videohash\/(\w+)/,
    ([, id]) => `https://www.aparat.com/v/${id}`,
  ),
  film('Rumble', /^rumble\.com\/embed\/(\w+)/, () => null),
  film('Odysee', /^odysee\.com\/\$\/embed\/(.+)$/, ([, rest]) => `https://odysee.com/${rest}`),
  film(
    'TED',
    /^embed(?:-ssl)?\.ted\.com\/(?:talks\/)?(?:lang\/[\w-]+\/)?([\w-]+?)(?:\.html)?$/,
    ([, talk]) => `https://www.ted.com/talks/${talk}`,
  ),
  film('Streamable', /^streamable\.com\/[eos]\/(\w+)/, ([, id]) => `https://streamable.com/${id}`),
  film('Loom', /^loom\.com\/embed\/(\w+)/, ([, id]) => `https://www.loom.com/share/${id}`),
  film(
    'Wistia',
    /^fast\.wistia\.(?:net|com)\/embed\/(?:iframe|medias)\/(\w+)/,
    ([, id]) => `https://fast.wistia.net/embed/iframe/${id}`,
  ),
  film('Internet Archive', /^archive\.org\/embed\/(.+)$/, ([, id]) => `https://archive.org/details/${id}`),
  film('PeerTube', /^([\w.-]+)\/videos\/embed\/([\w-]{8,})/, ([, host, id]) => `https://${host}/w/${id}`),
  sound(
    'Spotify',
    /^open\.spotify\.com\/embed(?:-podcast)?\/(track|album|artist|playlist|episode|show)\/(\w+)/,
    ([, kind, id]) => `https://open.spotify.com/${kind}/${id}`,
  ),
  sound(
    'Spotify',
    /^open\.spotify\.com\/embed\/user\/[^/]+\/playlist\/(\w+)/,
    ([, id]) => `https://open.spotify.com/playlist/${id}`,
  ),
  sound('SoundCloud', /^w\.soundcloud\.com\/player/, (_, query) => {
    const url = query.get('url')
    // An address for programs shows people nothing.
    return /^(?:https?:)?\/\/api\./i.test(url ?? '') ? null : url
  }),
  sound('Apple Podcasts', /^embed\.podcasts\.apple\.com\/(.+)$/, ([, rest], query) => {
    const episode = query.get('i')
    return `https://podcasts.apple.com/${rest}${episode ? `?i=${encodeURIComponent(episode)}` : ''}`
  }),
  sound('Apple Music', /^embed\.music\.apple\.com\/(.+)$/, ([, rest]) => `https://music.apple.com/${rest}`),
  sound('Mixcloud', /^(?:player-widget\.)?mixcloud\.com\/widget\/iframe\//, (_, query) => {
    const feed = query.get('feed')
    return feed ? (URL.parse(feed, 'https://www.mixcloud.com/')?.href ?? null) : null
  }),
  sound(
    'Deezer',
    /^widget\.deezer\.com\/widget\/\w+\/(\w+)\/(\w+)/,
    ([, kind, id]) => `https://www.deezer.com/${kind}/${id}`,
  ),
  sound(
    'Tidal',
    /^embed\.tidal\.com\/(track|album|playlist|video)s\/([\w-]+)/,
    ([, kind, id]) => `https://tidal.com/browse/${kind}/${id}`,
  ),
  sound(
    'Spreaker',
    /^widget\.spreaker\.com\/player$/,
    withParameter('https://www.spreaker.com/episode/', 'episode_id'),
  ),
  sound('Bandcamp', /^bandcamp\.com\/EmbeddedPlayer/, () => null),
  sound('Buzzsprout', /^buzzsprout\.com\/(\d+\/[\w-]+)/, ([, rest]) => `https://www.buzzsprout.com/${rest}`),
  sound('Podbean', /^podbean\.com\/player/, () => null),
  sound('Acast', /^embed\.acast\.com\/(.+)$/, ([, rest]) => `https://play.acast.com/s/${rest}`),
  sound('Simplecast', /^player\.simplecast\.com\//, () => null),
  page('Mastodon', /^([\w.-]+)\/(@[\w.@-]+\/\d+)\/embed$/, ([, host, post]) => `https://${host}/${post}`),
  page(
    'Bluesky',
    /^embed\.bsky\.app\/embed\/([\w.:%-]+)\/app\.bsky\.feed\.post\/(\w+)/,
    ([, author, post]) => `https://bsky.app/profile/${author}/post/${post}`,
  ),
  page('X', /^(?:x|twitter)\.com\/\w+\/status\/\d+/, () => null),
  page('GitHub Gist', /^gist\.github\.com\/[\w-]+/, () => null),
  page('OpenStreetMap', /^openstreetmap\.org\/export\/embed\.html$/, () => null),
  page('X', /^platform\.twitter\.com\/embed\/tweet\.html$/i, withParameter('https://x.com/i/status/', 'id')),
  page(
    'CodePen',
    /^codepen\.io\/([\w-]+)\/embed\/(?:preview\/)?(\w+)/,
    ([, author, id]) => `https://codepen.io/${author}/pen/${id}`,
  ),
  page('Google Maps', /^(?:maps\.google\.[\w.]+|google\.[\w.]+)\/maps/, () => null),
]

/**
 * What a player's address shows, and where a person can see it; null where it is none of the players that are known.
 * @param address absolute
 */
export function embedOf(address: string): Embed | null {
  const url = URL.parse(address)
  if (!url || !/^https?:$/.test(url.protocol)) return null
  const place = `${url.hostname.replace(/^www\./, '')}${url.pathname}`
  for (const { host, kind, match, page } of players) {
    const parts = match.exec(place)
    if (!parts) continue
    const made = page([...parts], url.searchParams)
    return {
      url: made !== null && /^https?:\/\//i.test(made) && URL.canParse(made) ? made : address,
      host,
      kind,
    }
  }
  return null
}

/** How a link to something that plays begins, by language and kind. */
type Verbs = Record<Embed['kind'], string>
const english: Verbs = { film: 'Watch', sound: 'Listen', page: 'See' }
const verbs: Record<string, Verbs> = {
  en: english,
  de: { film: 'Ansehen', sound: 'Anhören', page: 'Öffnen' },
  fr: { film: 'Regarder', sound: 'Écouter', page: 'Voir' },
  es: { film: 'Ver', sound: 'Escuchar', page: 'Abrir' },
  fa: { film: 'تماشا', sound: 'شنیدن', page: 'دیدن' },
}

/** Names that players give themselves and not what they play. */
const ownNames =
  /^(?:(?:youtube|vimeo|dailymotion|twitch|spotify|soundcloud|bandcamp|wistia)?[\s-]*(?:video|audio|media|music)?[\s-]*(?:player|embed)(?: .{0,20})?|spotify embed:?|embedded (?:content|video|post)|iframe|video|audio|film)$/i

/** UTF-16 units: what is longer tells nobody anything. */
const longestAddress = 70
/** UTF-16 units: no player gives itself a longer name. */
const longestOwnName = 100

/** `Watch: Tide (YouTube)`. @param name what the page calls it; a player's own name, or none, is not said */
export function embedLabel({ url, host, kind }: Embed, name: string, language: string): string {
  const verb = (ownValue(verbs, primaryLanguage(language)) ?? english)[kind]
  const said = name
    .replace(/\s+/g, ' ')
    .trim()
    .replace(/^Spotify Embed:\s*/i, '')
    .replace(/ - YouTube$/i, '')
  if (said === '' || (said.length <= longestOwnName && ownNames.test(said)) || /^https?:/i.test(said)) {
    const address = url.replace(/^https?:\/\/(?:www\.)?/, '')
    return address.length > longestAddress ? `${verb}: ${host}` : `${verb}: ${address} (${host})`
  }
  return `${verb}: ${said} (${host})`
}
