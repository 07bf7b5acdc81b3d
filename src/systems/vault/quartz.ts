import { contentRule } from '../../model/preset.ts'
import { javaScriptConfig } from '../javascript-config.ts'
import type { System } from '../system.ts'
import type { KnownSettings } from '../system-settings.ts'

const known = {
  'configuration.pageTitle': 'text',
  'configuration.baseUrl': 'text',
  'configuration.locale': 'language',
  'configuration.ignorePatterns': 'texts',
} as const satisfies KnownSettings

/** A vault that Quartz publishes. https://quartz.jzhao.xyz/configuration */
export const quartz: System = {
  name: 'quartz',
  settings: known,
  async recognise(folder) {
    const names = await folder.names('')
    return names.includes('quartz.config.ts') ? 'quartz.config.ts lies in the folder' : null
  },
  async read(folder) {
    const { settings, text } = await javaScriptConfig(folder, ['quartz.config.ts'], known)
    const base = settings.text('configuration.baseUrl')
    // `Plugin.ExplicitPublish()`: what does not say `publish: true` is no page of the site.
    const isExplicit = /^[ \t]*Plugin\.ExplicitPublish\(/m.test(text)
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
