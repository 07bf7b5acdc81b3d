import { contentRule } from '../model/preset.ts'
import { JavaScriptSettings } from './javascript-settings.ts'
import { dataFiles, firstData, firstFile, folderPath } from './preset-folder.ts'
import { peopleIn, type System } from './system.ts'

const settingsFiles = ['js', 'ts', 'mjs', 'cjs'].map(extension => `docusaurus.config.${extension}`)

/** https://docusaurus.io/docs/blog */
export const docusaurus: System = {
  name: 'docusaurus',
  settings: {},
  async recognise(folder) {
    const names = await folder.names('')
    const file = settingsFiles.find(name => names.includes(name))
    return file ? `${file} lies in the folder` : null
  },
  async read(folder) {
    const config = new JavaScriptSettings((await firstFile(folder, ...settingsFiles))?.text ?? null)
    const blog = folderPath('blog')
    return {
      settings: {
        title: config.text('title'),
        description: config.text('tagline'),
        url: config.text('url'),
        base: config.text('baseUrl'),
        language: config.text('defaultLocale') ?? 'en',
        timezone: 'UTC',
      },
      preset: {
        content: [
          contentRule({
            match: `${blog}/**`,
            root: blog,
            permalinks: ['/blog/{slug}', '/blog/{folders}/{name_date}/{name}', '/blog/{folders}/{name}'],
          }),
        ],
        bundles: true,
        markdown: ['mdx'],
        authors: peopleIn(await firstData(folder, ...dataFiles(`${blog}/authors`))),
        feeds: [
          { from: '/blog/rss.xml', to: '/rss.xml' },
          { from: '/blog/atom.xml', to: '/atom.xml' },
          { from: '/blog/feed.json', to: '/feed.json' },
        ],
      },
    }
  },
}
