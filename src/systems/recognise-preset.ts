import { type Diagnostic, diagnose } from '../model/diagnostic.ts'
import type { PresetFolder, PresetReading } from '../model/preset.ts'
import { type Preset, type PresetName, plainPreset } from '../model/preset.ts'
import { astro } from './astro/astro.ts'
import { docusaurus } from './docusaurus/docusaurus.ts'
import { eleventy } from './eleventy/eleventy.ts'
import { buttondown } from './exports/buttondown-system.ts'
import { exportSystems } from './exports/export-systems.ts'
import { substack } from './exports/substack-system.ts'
import { hexo } from './hexo/hexo.ts'
import { hugo } from './hugo/hugo.ts'
import { jekyll } from './jekyll/jekyll.ts'
import { gatsby, nextjs, nuxt } from './others/content-folders.ts'
import { mkdocs } from './others/mkdocs.ts'
import { hiddenByUnread } from './others/unread-systems.ts'
import { pelican } from './pelican/pelican.ts'
import { closedWhereUnread, noting, readSystem, type System } from './system.ts'
import { obsidian } from './vault/obsidian.ts'
import { quartz } from './vault/quartz.ts'
import { vitepress } from './vitepress/vitepress.ts'
import { zola } from './zola/zola.ts'

/** In this order: each tells itself from those behind it. */
export const generators: System[] = [
  zola,
  hugo,
  hexo,
  jekyll,
  eleventy,
  astro,
  docusaurus,
  pelican,
  vitepress,
  quartz,
  mkdocs,
  gatsby,
  nuxt,
  nextjs,
]

const systems: System[] = [...generators, ...exportSystems, obsidian]

/**
 * Finds out by which system's rules a folder is to be read, from that system's own settings file. Nothing in the folder
 * is run.
 * @param chosen what the publisher says, and who says it (`--preset`); null: it is found out
 */
export async function recognisePreset(
  folder: PresetFolder,
  chosen: { name: PresetName; from: string } | null,
): Promise<PresetReading> {
  if (chosen?.name === 'none')
    return { preset: { ...plainPreset, name: 'none', why: `${chosen.from} says so` }, settings: {} }
  const named = systems.find(({ name }) => name === chosen?.name)
  if (chosen && named) return readSystem(named, folder, `${chosen.from} says so`)
  const noted = noting(folder)
  for (const system of systems) {
    const why = await system.recognise(noted.folder)
    if (why) return readSystem(system, folder, why)
  }
  const below = await siteBelow(folder)
  const tables = await tablesBelow(folder)
  const preset: Preset = (await folder.names('')).includes('broadsheet.toml')
    ? { ...plainPreset, name: 'broadsheet', why: 'broadsheet.toml lies in the folder' }
    : plainPreset
  const unread = await hiddenByUnread(noted.folder)
  const findings = [
    ...below,
    ...tables.map(({ path, system }) => tableFinding(path, system)),
    ...(unread?.findings ?? []),
  ]
  // What their tables say of each file is read from within alone.
  const defaults = tables.map(({ path }) => ({ match: `${path}/**`, values: { draft: true }, over: true }))
  const read: Preset = {
    ...preset,
    findings,
    ignorePatterns: unread?.ignorePatterns ?? [],
    hidingTerms: unread?.hidingTerms ?? [],
    defaults: [...(unread?.defaults ?? []), ...defaults],
  }
  return { preset: closedWhereUnread(read, noted.unread()), settings: {} }
}

/** So many folders are looked into. */
const mostFolders = 200

/** Exports in folders below, whose files do not say themselves which of them are drafts or paid for: a table does. */
async function tablesBelow(folder: PresetFolder): Promise<{ path: string; system: System }[]> {
  const places = (await folder.names('')).filter(name => !/^\.|\.\w{1,8}$/.test(name)).slice(0, mostFolders)
  const found: { path: string; system: System }[] = []
  for (const path of places) {
    const names = await folder.names(path)
    const system = names.includes('posts.csv')
      ? substack
      : ['emails.csv', 'emails.json'].some(table => names.includes(table))
        ? buttondown
        : null
    if (system && (await system.recognise(insideOf(folder, path)))) found.push({ path, system })
  }
  return found
}

const tableFinding = (path: string, { name }: System) =>
  diagnose(
    'site-below',
    { path },
    `An export of ${name} lies in ${path}/: which of its files are drafts or paid for, a table says that is read from there alone. All of them are withheld.`,
    `Give Broadsheet that folder by itself: \`broadsheet check FOLDER/${path}\`.`,
  )

/** Where people keep a site beside a program's source. */
const siteFolders = ['docs', 'website', 'blog', 'site', 'www', 'web']

/** A site of another system's that lies below the folder: it is named, for from above nobody knows what it hides. */
async function siteBelow(folder: PresetFolder): Promise<Diagnostic[]> {
  const names = await folder.names('')
  const places =
    siteFolders.length < names.length ? siteFolders.filter(name => names.includes(name)) : siteFolders
  for (const path of places) {
    const inside = insideOf(folder, path)
    for (const system of generators) {
      const why = await system.recognise(inside)
      if (why)
        return [diagnose('site-below', { path }, `A site of ${system.name} lies in ${path}/: there, ${why}.`)]
    }
  }
  return []
}

/** A folder below as a folder of its own. */
function insideOf(folder: PresetFolder, path: string): PresetFolder {
  const at = (name: string) => (name === '' ? path : `${path}/${name}`)
  return {
    now: () => folder.now(),
    names: name => folder.names(at(name)),
    find: async (name, pattern) =>
      (await folder.find(at(name), pattern)).map(found => found.slice(path.length + 1)),
    text: (name, bytes) => folder.text(`${path}/${name}`, bytes),
  }
}
