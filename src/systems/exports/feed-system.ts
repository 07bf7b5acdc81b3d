import { articleFormatOf } from '../../model/article-paths.ts'
import { textAt } from '../preset-folder.ts'
import type { RawSettings, System } from '../system.ts'
import { channelHead, channelSettings } from './channel-settings.ts'
import { findExportFile } from './export-file.ts'

/** A folder with a feed in it and no article beside it: the feed's items are the articles. */
export const feed: System = {
  name: 'feed',
  settings: {},
  async recognise(folder) {
    const names = await folder.names('')
    if (names.some(name => articleFormatOf(name) !== null)) return null
    const file = await findExportFile(folder, 'feed')
    return file && `${file} is a feed, and no article lies beside it`
  },
  async read(folder) {
    const file = await findExportFile(folder, 'feed')
    const text = (file && (await folder.text(file))) ?? ''
    return { settings: /^\uFEFF?\s*\{/.test(text) ? jsonSettings(text) : xmlSettings(text), preset: {} }
  },
}

const xmlSettings = (text: string): RawSettings =>
  channelSettings(text.slice(0, channelHead).split(/<(?:item|entry)[\s>]/)[0] ?? '')

function jsonSettings(text: string): RawSettings {
  try {
    const feed: unknown = JSON.parse(text.replace(/^\uFEFF/, ''))
    return {
      title: textAt(feed, 'title'),
      description: textAt(feed, 'description'),
      url: textAt(feed, 'home_page_url'),
      language: textAt(feed, 'language'),
    }
  } catch {
    return {}
  }
}
