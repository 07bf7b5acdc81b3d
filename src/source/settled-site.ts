import { type Site, siteDefaults } from '../model/site.ts'

/** What somebody may say of a publication; everything else has its documented default. */
export type SiteGiven = { [key in Exclude<keyof Site, 'preview'>]?: Site[key] | undefined } & {
  /** The year in the ids of articles, where `tagAuthority` is not given. Default: 2026. */
  founded?: number | undefined
  /** The address that ids are minted from, where `url` is another one for this run. Default: `url`. */
  home?: string | undefined
}

/**
 * A publication's settings with every default settled. Without an address it is a preview, and so it is on a host that
 * is nobody's for ever, unless an authority for ids is given.
 * @throws TypeError where `url` is no absolute address
 */
export function settleSite({ founded = 2026, home: givenHome, ...given }: SiteGiven): Site {
  const url = withSlash(given.url ?? siteDefaults.url)
  const home = givenHome === undefined ? url : withSlash(givenHome)
  const preview = given.url === undefined || (isLocal(home) && !given.tagAuthority)
  const tagAuthority =
    given.tagAuthority ?? (preview ? siteDefaults.tagAuthority : `${new URL(home).hostname},${founded}`)
  const present = Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined))
  return { ...siteDefaults, ...present, url, preview, tagAuthority }
}

/** RFC 4151 §2.1 wants a name that somebody holds: loopback, private names and bare addresses are nobody's for ever. */
function isLocal(url: string): boolean {
  const { hostname } = new URL(url)
  return (
    /^(?:.+\.)?(?:localhost|local|internal|test|invalid)$/.test(hostname) ||
    /^\d+(?:\.\d+){3}$|^\[/.test(hostname) ||
    !hostname.includes('.')
  )
}

const withSlash = (url: string) => new URL(url).href.replace(/\/*$/, '/')
