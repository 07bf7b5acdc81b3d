import { diagnose } from '../../model/diagnostic.ts'
import { contentRule, type PresetFolder } from '../../model/preset.ts'
import { javaScriptConfig } from '../javascript-config.ts'
import { firstName, isTable, parseData, textAt, valueAt } from '../preset-folder.ts'
import type { System } from '../system.ts'
import { type KnownSettings, SystemSettings } from '../system-settings.ts'

const known = {
  'configuration.pageTitle': 'text',
  'configuration.baseUrl': 'text',
  'configuration.locale': 'language',
  'configuration.ignorePatterns': 'texts',
} as const satisfies KnownSettings

const settingsFiles = ['quartz.config.ts', 'quartz.config.yaml', 'quartz.config.yml']

const explicit = /^explicit-?publish$/i
const knownFilters = /^(?:explicit-?publish|remove-?drafts?)$/i

/** Since its fifth version the settings are YAML, and each plugin a repository. https://quartz.jzhao.xyz/getting-started/whats-new */
async function settingsIn(folder: PresetFolder) {
  const path = (await firstName(folder, settingsFiles)) ?? 'quartz.config.ts'
  if (path.endsWith('.ts')) {
    const { settings, text } = await javaScriptConfig(folder, [path], known)
    const plain = text.replace(/\/\*[\s\S]*?\*\/|(?<!:)\/\/[^\n]*/g, '')
    const list = /\bfilters\s*:\s*\[((?:[^[\]]|\[[^[\]]*\])*)\]/.exec(plain)?.[1] ?? ''
    const names = [...`${list}${/Plugin\.ExplicitPublish\(/.exec(plain)?.[0] ?? ''}`.matchAll(/(\w+)\s*\(/g)]
    return { path, settings, filters: names.map(([, name = '']) => name) }
  }
  const text = (await folder.text(path)) ?? ''
  const { data, problem } = parseData(path, text)
  const settings = new SystemSettings(known, data, [{ path, text }])
  if (problem) settings.findings.push(problem)
  const filters = [valueAt(data, 'plugins') ?? []].flat().flatMap(entry => {
    if (!isTable(entry) || valueAt(entry, 'enabled') === false) return []
    const name = (textAt(entry, 'source') ?? '').replace(/^.*[/:]|\.git$/g, '')
    return /filter|publish|draft|private|unlisted|hid(?:e|den)/i.test(name) ? [name] : []
  })
  return { path, settings, filters }
}

/** A vault that Quartz publishes. https://quartz.jzhao.xyz/configuration */
export const quartz: System = {
  name: 'quartz',
  settings: known,
  async recognise(folder) {
    const file = await firstName(folder, settingsFiles)
    return file && `${file} lies in the folder`
  },
  async read(folder) {
    const { settings, filters, path } = await settingsIn(folder)
    const base = settings.text('configuration.baseUrl')
    const [unknown] = filters.filter(name => !knownFilters.test(name))
    // With ExplicitPublish what does not say `publish: true` is no page of the site; of a filter of one's own nobody knows what is.
    const isExplicit = unknown !== undefined || filters.some(name => explicit.test(name))
    if (unknown !== undefined)
      settings.findings.push(
        diagnose(
          'system-setting-unknown',
          { path },
          `What the filter "${unknown}" leaves out is known to a program, which is not run: notes that do not say \`publish: true\` are withheld.`,
          'Write `publish: true` into the notes that are to be read.',
        ),
      )
    const patterns = settings.texts('configuration.ignorePatterns')
    const hidden = patterns.length > 0 ? patterns : ['private', 'templates', '.obsidian']
    return {
      settings: {
        title: settings.text('configuration.pageTitle'),
        url: base === null ? null : `https://${base.replace(/^https?:\/\//, '')}`,
        language: settings.text('configuration.locale'),
        timezone: 'UTC',
      },
      preset: {
        content: [
          contentRule({
            match: 'content/**',
            root: 'content',
            permalinks: ['/{slug|raw}', '/{folders|quartz}/{filename|quartz}'],
          }),
        ],
        ignore: hidden.flatMap(glob => [`content/**/${glob}/**`, `content/**/${glob}`]),
        roots: ['content', ''],
        defaults: isExplicit ? [{ match: 'content/**', values: { publish: false } }] : [],
        feeds: [{ from: '/index.xml', to: '/rss.xml' }],
        findings: settings.findings,
      },
    }
  },
}
