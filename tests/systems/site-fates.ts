import { broadsheet, temporaryFolder } from '../runtimes/command-line.ts'

export interface Checked {
  files: {
    path: string
    status: string
    reason?: string
    article?: { inFeeds?: boolean; published?: string }
    diagnostics: { code: string; message: string }[]
  }[]
  settings: { code: string; path: string; line: number | null; message: string; hint: string }[]
}

/** What is said of a folder with these files. */
export async function checked(files: Record<string, string>): Promise<Checked> {
  using folder = temporaryFolder(files)
  const { out } = await broadsheet('check', folder.path, '--json')
  return JSON.parse(out)
}

/** What becomes of each file, by its name: `published`, `page` (in no feed), or why it is withheld. */
export const fates = ({ files }: Checked) =>
  Object.fromEntries(
    files.map(({ path, status, reason, article }) => [
      path.slice(path.lastIndexOf('/') + 1).replace(/\.\w+$/, ''),
      status === 'published' ? (article?.inFeeds === false ? 'page' : 'published') : (reason ?? status),
    ]),
  )

/** What is said of addresses, wherever pages are programs, is no part of what is said of filters. */
export const ofFilters = ({ settings }: Checked) =>
  settings.filter(({ message }) => !message.startsWith('Which addresses'))

export const article = (front: string, body = 'The boats lay still.') =>
  `---\ntitle: Harbour\ndate: 2026-01-31\n${front}\n---\n\n${body}\n`
