import type { PresetFolder } from './preset-folder.ts'

/** How the beginning of a file tells that it is an export. The reader of exports looks for the same. */
const kinds = {
  ghost: { ending: '.json', head: /^\s*\{[\s\S]*"exported_on"\s*:/ },
  wordpress: { ending: '.xml', head: /<rss\b[^>]*\sxmlns:wp=["']http:\/\/wordpress\.org\/export\// },
}

/** The first export of a kind in a folder. */
export async function findExportFile(folder: PresetFolder, kind: keyof typeof kinds): Promise<string | null> {
  const { ending, head } = kinds[kind]
  for (const file of await folder.names('')) {
    if (file.slice(-ending.length).toLowerCase() !== ending || file.startsWith('.')) continue
    if (head.test((await folder.text(file, 4_096)) ?? '')) return file
  }
  return null
}
