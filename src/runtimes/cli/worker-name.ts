import { beforeFirst } from '../../text/before-first.ts'

/** Cloudflare takes so many characters below `workers.dev`. */
const longest = 63

/** What a Worker is called that nobody has named: the host under `workers.dev`, where that is where it will be; else all of the address. */
export function workerName(url: string): string {
  const { hostname, pathname } = new URL(url)
  return nameOf(hostname.endsWith('.workers.dev') ? beforeFirst(hostname, '.') : `${hostname}${pathname}`)
}

/** A name made of any words. */
export function nameOf(words: string): string {
  return (
    words
      .toLowerCase()
      .replaceAll(/[^a-z\d]+/g, '-')
      .replaceAll(/^-|-$/g, '')
      .slice(0, longest)
      .replace(/-$/, '') || 'broadsheet'
  )
}

/** What wrangler takes. */
export const isWorkerName = (name: string) => name.length <= longest && /^[a-z\d_][a-z\d_-]*$/.test(name)
