import type { PresetFolder } from '../../model/preset.ts'
import { folderPath, isFolderName, readData, textAt } from '../preset-folder.ts'
import type { System } from '../system.ts'

/** Templates and what Obsidian has thrown away. */
const ignore = ['.trash/**', 'templates/**', 'Templates/**', '_templates/**']

/**
 * A vault: notes for oneself, of which some are to be read by others. `publish: true` says so, as it does to Obsidian Publish
 * (https://help.obsidian.md/publish); a note that does not is withheld.
 */
export const obsidian: System = {
  name: 'obsidian',
  settings: {},
  async recognise(folder) {
    return (await folder.names('')).includes('.obsidian') ? '.obsidian/ lies in the folder' : null
  },
  async read(folder) {
    return {
      settings: {},
      preset: {
        ignore: [...ignore, ...(await templateFolders(folder))],
        roots: ['', ...(await attachmentFolders(folder))],
        defaults: [
          { match: '**', values: { publish: false } },
          // Other names of a note, and no addresses.
          { match: '**', values: { aliases: null }, over: true },
        ],
      },
    }
  },
}

/** What the plugins that make notes of templates are told of, the core's and those that most vaults have: where it lies, and the key. */
const templateSettings: [string, ...string[]][] = [
  ['templates.json', 'folder'],
  ['daily-notes.json', 'template'],
  ['plugins/templater-obsidian/data.json', 'templates_folder', 'template_folder'],
  ['plugins/quickadd/data.json', 'templateFolderPath'],
  ['plugins/periodic-notes/data.json', 'daily', 'weekly', 'monthly', 'quarterly', 'yearly'],
]

/** Templates say `publish: true` for what is made of them. */
async function templateFolders(folder: PresetFolder): Promise<string[]> {
  const found: string[] = []
  for (const [file, ...keys] of templateSettings) {
    const data = readData(file, (await folder.text(`.obsidian/${file}`)) ?? '{}')
    for (const key of keys) {
      const path = folderPath(textAt(data, key) ?? textAt(data, key, 'template') ?? '')
      if (path !== '') found.push(`${path}/**`, path, `${path}.md`)
    }
  }
  return found
}

const attachments = /^(?:attachments?|assets?|files?|images?|img|media|pictures|_?resources)$/i
const maxFolders = 200

/** Embeds name a file wherever it lies: it is looked for where the settings say and in folders that are called so. */
async function attachmentFolders(folder: PresetFolder): Promise<string[]> {
  const found: string[] = []
  try {
    const { attachmentFolderPath: path } = JSON.parse((await folder.text('.obsidian/app.json')) ?? '{}')
    if (typeof path === 'string' && !path.startsWith('.') && path !== '/') found.push(path)
  } catch {
    // Settings that can't be read say nothing.
  }
  // Grows while it is walked.
  const open = ['']
  for (const [looked, path] of open.entries()) {
    if (looked >= maxFolders) break
    for (const name of (await folder.names(path)).filter(isFolderName)) {
      const inside = path === '' ? name : `${path}/${name}`
      if (attachments.test(name)) found.push(inside)
      else open.push(inside)
    }
  }
  return found
}
