import type { PresetFolder } from '../model/preset.ts'
import { type ContentRule, contentRule } from '../model/preset.ts'
import { JavaScriptSettings } from './javascript-settings.ts'
import { articleFoldersAmong, firstFile } from './preset-folder.ts'
import type { System } from './system.ts'

const settingsFiles = ['mjs', 'js', 'ts', 'mts', 'cjs'].map(extension => `astro.config.${extension}`)

/** https://docs.astro.build/en/guides/content-collections/ and /reference/configuration-reference/ */
export const astro: System = {
  name: 'astro',
  settings: {},
  async recognise(folder) {
    const names = await folder.names('')
    const file = settingsFiles.find(name => names.includes(name))
    return file ? `${file} lies in the folder` : null
  },
  async read(folder) {
    const config = new JavaScriptSettings((await firstFile(folder, ...settingsFiles))?.text ?? null)
    const constants = new JavaScriptSettings(
      (await firstFile(folder, 'src/consts.ts', 'src/consts.js', 'src/consts.mjs'))?.text ?? null,
    )
    const end =
      config.text('trailingSlash') === 'never' ? '' : config.text('format') === 'file' ? '.html' : '/'
    return {
      settings: {
        title: constants.text('SITE_TITLE'),
        description: constants.text('SITE_DESCRIPTION'),
        url: config.text('site'),
        base: config.text('base'),
        language: config.text('defaultLocale'),
        // Dates in YAML without a zone are UTC.
        timezone: 'UTC',
      },
      preset: {
        content: await contentOf(folder, end),
        markdown: ['mdx'],
        feeds: [{ from: '/feed.xml', to: '/rss.xml' }],
      },
    }
  },
}

/** Collections have addresses by the page that shows them: below the collection's name where a folder of pages has it too, else at the root. */
async function contentOf(folder: PresetFolder, end: string): Promise<ContentRule[]> {
  const pages = await folder.names('src/pages')
  const names = (await folder.names('src/content')).filter(name => !name.includes('.'))
  const atRoot = pages.some(name => /^\[.*\]\.astro$/.test(name))
  const collections = articleFoldersAmong(names).map(name => {
    const base = pages.includes(name) || !atRoot ? `/${name}` : ''
    return contentRule({
      match: `src/content/${name}/**`,
      root: `src/content/${name}`,
      permalinks: [`${base}/{slug|raw}${end}`, `${base}/{folders|github}/{filename|github}${end}`],
    })
  })
  const page = contentRule({
    match: 'src/pages/**',
    root: 'src/pages',
    permalinks: [`/{folders}/{filename}${end}`],
  })
  return [...collections, page]
}
