import { escapeXml } from '../../text/escape.ts'
import { filmSeconds } from '../../text/film-time.ts'

/** A player on another site, for the address at which people see the same thing there. */
interface Player {
  /** Of the address for people, without scheme and `www.`. */
  match: RegExp
  player(parts: string[], query: URLSearchParams): string | null
  kind: 'film' | 'sound'
}

const film = (match: RegExp, player: Player['player']): Player => ({ match, player, kind: 'film' })
const sound = (match: RegExp, player: Player['player']): Player => ({ match, player, kind: 'sound' })

/** Players that begin by themselves where they can: the reader has clicked already. */
const players: Player[] = [
  film(/^youtube\.com\/watch$/, (_, query) => {
    const [id, start] = [query.get('v'), filmSeconds(query.get('t') ?? '')]
    const from = start > 0 ? `&start=${start}` : ''
    return id && `https://www.youtube-nocookie.com/embed/${encodeURIComponent(id)}?autoplay=1${from}`
  }),
  film(/^youtube\.com\/playlist$/, (_, query) => {
    const list = query.get('list')
    return list && `https://www.youtube-nocookie.com/embed/videoseries?list=${encodeURIComponent(list)}`
  }),
  film(
    /^vimeo\.com\/(\d+)(?:\/(\w+))?$/,
    ([, id, hash]) => `https://player.vimeo.com/video/${id}?autoplay=1&dnt=1${hash ? `&h=${hash}` : ''}`,
  ),
  film(/^dailymotion\.com\/video\/(\w+)$/, ([, id]) => `https://geo.dailymotion.com/player.html?video=${id}`),
  film(
    /^bilibili\.com\/video\/(?:(BV\w+)|av(\d+))\/?$/,
    ([, id, number]) => `https://player.bilibili.com/player.html?${id ? `bvid=${id}` : `aid=${number}`}`,
  ),
  film(/^rutube\.ru\/video\/(\w+)\/?$/, ([, id]) => `https://rutube.ru/play/embed/${id}`),
  film(
    /^vkvideo\.ru\/video(-?\d+)_(\d+)$/,
    ([, owner, id]) => `https://vkvideo.ru/video_ext.php?oid=${owner}&id=${id}`,
  ),
  film(
    /^aparat\.com\/v\/(\w+)$/,
    ([, id]) => `https://www.aparat.com/video/video/embed/videohash/${id}/vt/frame`,
  ),
  film(/^ted\.com\/talks\/([\w-]+)$/, ([, talk]) => `https://embed.ted.com/talks/${talk}`),
  film(/^streamable\.com\/(\w+)$/, ([, id]) => `https://streamable.com/e/${id}`),
  film(/^loom\.com\/share\/(\w+)$/, ([, id]) => `https://www.loom.com/embed/${id}`),
  film(/^archive\.org\/details\/([\w.-]+)$/, ([, id]) => `https://archive.org/embed/${id}`),
  sound(
    /^open\.spotify\.com\/(track|album|artist|playlist|episode|show)\/(\w+)$/,
    ([, kind, id]) => `https://open.spotify.com/embed/${kind}/${id}`,
  ),
  sound(
    /^soundcloud\.com\/[\w-]+\/[\w/-]+$/,
    ([path]) =>
      `https://w.soundcloud.com/player/?url=${encodeURIComponent(`https://${path}`)}&auto_play=true`,
  ),
  sound(/^w\.soundcloud\.com\/player\/?$/, (_, query) => {
    const url = query.get('url')
    return url && `https://w.soundcloud.com/player/?url=${encodeURIComponent(url)}&auto_play=true`
  }),
  sound(/^podcasts\.apple\.com\/(.+)$/, ([, rest], query) => {
    const episode = query.get('i')
    return `https://embed.podcasts.apple.com/${rest}${episode ? `?i=${encodeURIComponent(episode)}` : ''}`
  }),
  sound(
    /^deezer\.com\/(track|album|playlist|episode|show)\/(\d+)$/,
    ([, kind, id]) => `https://widget.deezer.com/widget/auto/${kind}/${id}`,
  ),
]

/** The player of what is seen or heard at an address; null where none is known. */
export function playerAt(address: string): { url: string; kind: Player['kind'] } | null {
  const url = URL.parse(address)
  if (url?.protocol !== 'https:' && url?.protocol !== 'http:') return null
  const place = `${url.hostname.replace(/^(?:www|m)\./, '')}${url.pathname}`
  for (const { match, player, kind } of players) {
    const parts = match.exec(place)
    const made = parts && player([...parts], url.searchParams)
    if (made) return { url: made, kind }
  }
  return null
}

/** A link alone in its paragraph, as sanitised HTML has it. */
const loneLink = /<p>\s*<a href="(https?:\/\/[^"]+)"[^>]*>([^<]+)<\/a>\s*<\/p>/g

/**
 * Paragraphs that are a link to what another site plays, as places that such a player may take once the reader asks for it. The link stays.
 * @param still address of a picture on the publication itself for the first film; null: there is none
 */
export function withClickPlayers(html: string, still: string | null): string {
  let picture = still
  return html.replace(loneLink, (whole, written: string, label: string) => {
    const found = playerAt(written.replaceAll('&amp;', '&'))
    if (!found) return whole
    const shown = found.kind === 'film' ? picture : null
    if (shown !== null) picture = null
    const image =
      shown === null ? '' : `<img src="${escapeXml(shown)}" alt="" decoding="async" loading="lazy">`
    return `<p class="embed ${found.kind}" data-player="${escapeXml(found.url)}"><a href="${written}">${image}<span>${label}</span></a></p>`
  })
}

/** Origins of the players that a page has places for, in their order. */
export function playerOrigins(html: string): string[] {
  // Most pages have none: looking for the word takes a tenth of the time.
  if (!html.includes(' data-player="')) return []
  return [
    ...new Set([...html.matchAll(/ data-player="(https:\/\/[^/"?]+)/g)].map(([, origin = '']) => origin)),
  ]
}

/** What `/embeds.js` does: a click on such a link puts the player in its place. With a key held down it stays a link. */
export const embedScript = `for (const place of document.querySelectorAll('[data-player]'))
  place.addEventListener('click', event => {
    if (event.button || event.ctrlKey || event.metaKey || event.shiftKey || event.altKey) return
    event.preventDefault()
    const player = document.createElement('iframe')
    player.title = place.textContent
    player.allow = 'autoplay; fullscreen; encrypted-media; picture-in-picture'
    player.allowFullscreen = true
    player.src = place.dataset.player
    place.replaceChildren(player)
    player.focus()
  }, { once: true })
`
