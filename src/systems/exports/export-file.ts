import type { PresetFolder } from '../../model/preset.ts'
import { isHiddenName } from '../../text/hidden-names.ts'
import { type ExportKind, exportHead, exportKindOf, mayBeExport } from './export-kind.ts'

/** Text files whose beginnings are looked at, where a folder holds no more of them. */
const fewTexts = 20

/** The first export of a kind right in a folder, in the order of their names. */
export async function findExportFile(
  folder: PresetFolder,
  kind: ExportKind,
  inside = '',
): Promise<string | null> {
  const wanted = lastLetters[kind]
  // The last letter first: there may be a hundred thousand names.
  const names = (await folder.names(inside)).filter(
    name =>
      wanted.includes(name.slice(-1).toLowerCase()) &&
      !isHiddenName(name) &&
      (kind === 'movable-type' ? /\.(?:txt|text)$/i.test(name) : mayBeExport(name)),
  )
  if (kind === 'movable-type' && names.length > fewTexts) return null
  for (const name of names) {
    const path = inside === '' ? name : `${inside}/${name}`
    const head = await folder.text(path, exportHead)
    if (head !== null && exportKindOf(path, new TextEncoder().encode(head)) === kind) return path
  }
  return null
}

const lastLetters: Record<ExportKind, string> = {
  ghost: 'n',
  wordpress: 'l',
  blogger: 'lm',
  'movable-type': 't',
  beehiiv: 'v',
  feed: 'lmsn',
}
