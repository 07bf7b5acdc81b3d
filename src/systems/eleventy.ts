import type { PresetFolder } from '../model/preset.ts'
import { contentRule, type Preset } from '../model/preset.ts'
import { JavaScriptSettings } from './javascript-settings.ts'
import {
  articleFoldersAmong,
  below,
  firstData,
  firstFile,
  folderPath,
  isTable,
  textAt,
} from './preset-folder.ts'
import type { System } from './system.ts'

/** https://www.11ty.dev/docs/config/#default-filenames */
const settingsFiles = [
  '.eleventy.js',
  'eleventy.config.js',
  'eleventy.config.mjs',
  'eleventy.config.cjs',
  'eleventy.config.ts',
]

/** https://www.11ty.dev/docs/permalinks/ and /docs/data-cascade/ */
export const eleventy: System = {
  name: 'eleventy',
  settings: {},
  async recognise(folder) {
    const names = await folder.names('')
    const file = settingsFiles.find(name => names.includes(name))
    return file ? `${file} lies in the folder` : null
  },
  async read(folder) {
    const config = new JavaScriptSettings((await firstFile(folder, ...settingsFiles))?.text ?? null)
    const input = folderPath(config.text('input') ?? '')
    const data = below(input, folderPath(config.text('data') ?? '_data'))
    const site = await firstData(folder, `${data}/metadata.json`, `${data}/site.json`, `${data}/meta.json`)
    const folders = await articleFolders(input, folder)
    return {
      settings: {
        title: textAt(site, 'title') ?? textAt(site, 'name'),
        description: textAt(site, 'description'),
        url: textAt(site, 'url'),
        base: config.text('pathPrefix'),
        language: textAt(site, 'language') ?? textAt(site, 'lang'),
        // https://www.11ty.dev/docs/dates/: a date without zone is UTC.
        timezone: 'UTC',
        authors: [textAt(site, 'author', 'name') ?? textAt(site, 'author')],
      },
      preset: {
        content: folders.map(path =>
          contentRule({ match: below(path, '**'), root: input, permalinks: ['/{folders}/{name}/'] }),
        ),
        ignore: [
          '_site/**',
          `${data}/**`,
          below(input, `${folderPath(config.text('includes') ?? '_includes')}/**`),
        ],
        dialect: 'eleventy',
        addressEnd: 'no-index',
        addressClock: 'utc',
        defaults: await directoryData(folders, input, folder),
        feeds: [
          { from: '/feed/feed.xml', to: '/atom.xml' },
          { from: '/feed/', to: '/atom.xml' },
          { from: '/feed.xml', to: '/atom.xml' },
          { from: '/feed/feed.json', to: '/feed.json' },
        ],
      },
    }
  },
}

/** Folders called so in the input folder, or one level below it (`content/blog`); the whole input where there is none. */
async function articleFolders(input: string, folder: PresetFolder): Promise<string[]> {
  const names = (await folder.names(input)).filter(name => !/^[._]|^node_modules$/.test(name))
  const telling = articleFoldersAmong(names)
  if (telling.length < names.length) return telling.map(name => below(input, name))
  const inner = below(input, 'content')
  const deeper = names.includes('content') ? await folder.names(inner) : []
  const found = articleFoldersAmong(deeper)
  return found.length < deeper.length ? found.map(name => below(inner, name)) : [input]
}

/** `blog/blog.json` and `blog/blog.11tydata.json`: front matter for every file in the folder, the nearer folder's counting more. */
async function directoryData(
  folders: string[],
  input: string,
  folder: PresetFolder,
): Promise<Preset['defaults']> {
  const around = new Set(
    folders.flatMap(path => path.split('/').map((_, depth, parts) => parts.slice(0, depth + 1).join('/'))),
  )
  const defaults: Preset['defaults'] = []
  for (const path of [...around].filter(path => path !== '' && below(path, '').startsWith(input))) {
    const name = path.slice(path.lastIndexOf('/') + 1)
    for (const file of [`${path}/${name}.json`, `${path}/${name}.11tydata.json`]) {
      const values = await firstData(folder, file)
      if (isTable(values) && Object.keys(values).length > 0) defaults.push({ match: `${path}/**`, values })
    }
  }
  return defaults
}
