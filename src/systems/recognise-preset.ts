import { type Diagnostic, diagnose } from '../model/diagnostic.ts'
import type { PresetFolder, PresetReading } from '../model/preset.ts'
import { type Preset, type PresetName, plainPreset } from '../model/preset.ts'
import { astro } from './astro/astro.ts'
import { docusaurus } from './docusaurus/docusaurus.ts'
import { eleventy } from './eleventy/eleventy.ts'
import { exportSystems } from './exports/export-systems.ts'
import { hexo } from './hexo/hexo.ts'
import { hugo } from './hugo/hugo.ts'
import { jekyll } from './jekyll/jekyll.ts'
import { gatsby, nextjs, nuxt } from './others/content-folders.ts'
import { mkdocs } from './others/mkdocs.ts'
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
  const preset: Preset = (await folder.names('')).includes('broadsheet.toml')
    ? { ...plainPreset, name: 'broadsheet', why: 'broadsheet.toml lies in the folder' }
    : plainPreset
  return { preset: closedWhereUnread({ ...preset, findings: below }, noted.unread()), settings: {} }
}

/** Where people keep a site beside a program's source. */
const siteFolders = ['docs', 'website', 'blog', 'site', 'www', 'web']

/** A site of another system's that lies below the folder: it is named, for from above nobody knows what it hides. */
async function siteBelow(folder: PresetFolder): Promise<Diagnostic[]> {
  const names = await folder.names('')
  const places =
    siteFolders.length < names.length ? siteFolders.filter(name => names.includes(name)) : siteFolders
  for (const path of places) {
    const at = (name: string) => (name === '' ? path : `${path}/${name}`)
    const inside: PresetFolder = {
      now: () => folder.now(),
      names: name => folder.names(at(name)),
      find: async (name, pattern) =>
        (await folder.find(at(name), pattern)).map(found => found.slice(path.length + 1)),
      text: (name, bytes) => folder.text(`${path}/${name}`, bytes),
    }
    for (const system of generators) {
      const why = await system.recognise(inside)
      if (why)
        return [diagnose('site-below', { path }, `A site of ${system.name} lies in ${path}/: there, ${why}.`)]
    }
  }
  return []
}
