import type { PresetFolder } from '../model/preset.ts'

/** How the beginning of a file tells that it is an export. The reader of exports looks for the same. `last`: its name's last letter. */
const kinds = {
  ghost: { last: 'n', name: /\.json$/i, head: /^\s*\{[\s\S]*"exported_on"\s*:/ },
  wordpress: {
    last: 'l',
    name: /\.xml$/i,
    head: /<rss\b[^>]*\sxmlns:wp=["']http:\/\/wordpress\.org\/export\//,
  },
}

/** The first export of a kind in a folder. */
export async function findExportFile(folder: PresetFolder, kind: keyof typeof kinds): Promise<string | null> {
  const { last, name, head } = kinds[kind]
  for (const file of await folder.names('')) {
    // The last letter first: there may be a hundred thousand names.
    if (file.at(-1)!.toLowerCase() !== last || file.startsWith('.') || !name.test(file)) continue
    if (head.test((await folder.text(file, 4_096)) ?? '')) return file
  }
  return null
}
