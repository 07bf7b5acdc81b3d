import { contentRule } from '../../model/preset.ts'
import { firstData, firstFile, textAt, textsAt, valueAt } from '../preset-folder.ts'
import type { System } from '../system.ts'

const settingsFiles = ['zola.toml', 'config.toml']

/** https://www.getzola.org/documentation/getting-started/configuration/ and /content/page/ */
export const zola: System = {
  name: 'zola',
  settings: {},
  async recognise(folder) {
    const file = await firstFile(folder, ...settingsFiles)
    if (!file || !/^\s*base_url\s*=/m.test(file.text)) return null
    return (await folder.names('')).includes('content')
      ? `${file.path} with \`base_url\`, and content/, lie in the folder`
      : null
  },
  async read(folder) {
    const config = await firstData(folder, ...settingsFiles)
    const language = textAt(config, 'default_language') ?? 'en'
    const filter =
      { on: 'ascii', safe: 'slug', off: 'raw' }[textAt(config, 'slugify', 'paths') ?? 'on'] ?? 'ascii'
    const permalinks = (base: string) => [`${base}/{folders|${filter}}/{slug,name|${filter}}/`]
    const languages = Object.keys((valueAt(config, 'languages') ?? {}) as object)
    return {
      settings: {
        title: textAt(config, 'title'),
        description: textAt(config, 'description'),
        url: textAt(config, 'base_url'),
        language,
        // A date without zone is read as UTC there.
        timezone: 'UTC',
        authors: [textAt(config, 'author')],
      },
      preset: {
        content: [
          ...languages.map(code =>
            contentRule({
              match: `content/**/*.${code}.md`,
              root: 'content',
              permalinks: permalinks(`/${code}`),
              language: code,
              suffix: `.${code}`,
            }),
          ),
          contentRule({ match: 'content/**', root: 'content', permalinks: permalinks('') }),
        ],
        bundles: true,
        addressEnd: 'slash',
        feeds: feedsOf(textsAt(config, 'feed_filenames'), textAt(config, 'feed_filename')),
      },
    }
  },
}

function feedsOf(names: string[], name: string | null) {
  const files = [...names, ...(name ? [name] : [])]
  return ['feed.xml', ...files]
    .filter(file => file.endsWith('.xml'))
    .flatMap(file => {
      const ours = /rss/.test(file) ? 'rss.xml' : 'atom.xml'
      return [
        { from: `/${file}`, to: `/${ours}` },
        { from: `/tags/{name}/${file}`, to: `/tags/{name}/${ours}` },
        { from: `/categories/{name}/${file}`, to: `/sections/{name}/${ours}` },
      ]
    })
}
