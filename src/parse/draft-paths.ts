import { fileNameOf, folderOf } from '../text/urls.ts'
import { draftFolders, plainDraftWords, subjectWords } from './draft-words.ts'

const folders = new Set([...plainDraftWords, ...draftFolders])
/** Folders of a subject may be called so. */
const subjects = new Set([...subjectWords, 'trash'])

const conflict = /conflict|konflikt|conflit|konflik|конфликт|競合|冲突|衝突|충돌/i
const copy = /cop(?:y|ie|ia)|cópia|kopi|копи|コピー|副本|사본|\d{4}-?\d\d/i

const anyWord = plainDraftWords.join('|')
const conflictingCopy = 'a copy that a program set aside for a conflict'
const aDraft = 'a draft'

/** What programs call the files that they leave beside the one that was meant. */
const leftovers: [RegExp, string][] = [
  [/[._-]sync-conflict-\d{8}|[_-]conflict[_-]\d{8}|\.conflict(?:ed)?\.[^.]+$/i, conflictingCopy],
  [/-(?:DESKTOP|LAPTOP)-[A-Z\d]{6,8}\.[^.]+$/, conflictingCopy],
  [/[._](?:BACKUP|BASE|LOCAL|REMOTE)[._]\d+\.[^.]+$/, 'one side of a merge'],
  [/\.(?:orig|rej|mine|theirs)\.[^.]+$/i, 'one side of a merge'],
  [/\.(?:bak|backup|old|save|te?mp|swp)\.[^.]+$|~\.[^.]+$|^~\$/i, "an editor's copy"],
  [
    new RegExp(
      `\\.(?:${anyWord}|private|unpublished)\\.[^.]+$|^_(?:${anyWord})\\.[^.]+$|[[(](?:${anyWord})[)\\]]`,
      'iu',
    ),
    aDraft,
  ],
  // In capitals alone: draft horses and draft beer are subjects.
  [/^(?:DRAFT|WIP)[ _.-]/, aDraft],
]

/** `_drafts`, `00_drafts`, `drafts-2026`, `work-in-progress`: without what orders it. */
const nameOfFolder = (folder: string) =>
  folder
    .toLowerCase()
    .replace(/^[\d_.\s-]+|[\d_.\s-]+$/g, '')
    .replace(/[-_.]+/g, ' ')

/** Whether it is worth asking which: nearly no file is one. */
const anyLeftover = new RegExp(leftovers.map(([pattern]) => pattern.source).join('|'), 'iu')

export interface DraftPath {
  /** In words: `it is in the folder "drafts"`. */
  why: string
  /** A copy that a program made, the front matter with it: what that says is said of another file. */
  isCopy: boolean
  /** It may be the subject: it counts where the article has no date. */
  isUnsure: boolean
}

/**
 * What a path says of its file where that is not meant to be read. Null where it says nothing.
 * An article on a conflict is none of these: only names that programs make are.
 */
export function draftPath(path: string): DraftPath | null {
  const normal = path.normalize('NFC')
  const name = fileNameOf(normal)
  const meant = folderOf(normal)
    .split('/')
    .filter(part => folders.has(nameOfFolder(part)))
  const sure = meant.find(part => /^[_.]/.test(part) || !subjects.has(nameOfFolder(part)))
  const folder = sure ?? meant[0]
  if (folder !== undefined)
    return { why: `it is in the folder "${folder}"`, isCopy: false, isUnsure: sure === undefined }
  const left = anyLeftover.test(name) && leftovers.find(([pattern]) => pattern.test(name))
  if (left) return { why: `by its name it is ${left[1]}`, isCopy: left[1] !== aDraft, isUnsure: false }
  if (!/[([]/.test(name)) return null
  const inBrackets = [...name.matchAll(/[([][^()[\]]*[)\]]/g)]
  return inBrackets.some(([words]) => conflict.test(words) && copy.test(words))
    ? { why: `by its name it is ${conflictingCopy}`, isCopy: true, isUnsure: false }
    : null
}
