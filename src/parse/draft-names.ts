import { fileNameOf } from '../text/urls.ts'
import { plainDraftWords } from './draft-words.ts'

/*
 * What an article is called may tell that it is none to be read yet: its title, its tags, its file. A word in brackets says nothing else; a bare
 * `draft` may be the subject (of horses, beer and basketball), and then the title speaks of it.
 */

const anyWord = plainDraftWords.join('|')
const inBrackets = new RegExp(
  `[[［【](?:${anyWord})[\\]］】]|^\\s*[(（](?:${anyWord})[)）]|[(（](?:${anyWord})[)）]\\s*$`,
  'iu',
)
/** `Draft: Cavaliers pick first` is a headline; nobody begins one in capitals or small letters alone. */
const inFront = /^\s*(?:DRAFT|draft|WIP|wip|Wip|Work in progress|WORK IN PROGRESS)\s*(?:[:：|]|[-–—]\s)/u
const inFrontElsewhere = new RegExp(`^\\s*(?:${plainDraftWords.slice(3).join('|')})\\s*[:：|]`, 'iu')
/** `[draft]`, `#wip`, `status/draft`. */
const marked = new RegExp(
  `^(?:[[({<【_#!*]+\\s*(?:${anyWord})\\s*[\\])}>】_!*]*|#?(?:status|state|stage|publish)\\s*[/:=-]\\s*(?:${anyWord}))$`,
  'iu',
)
const inFileName = /^(?:drafts?|wip)(?:[-_ ]|$)|[-_ ](?:drafts?|wip)$/i
const subject = /\bdrafts?\b|\bdrafting\b/i

export interface DraftName {
  /** As written. */
  text: string
  what: 'title' | 'tag' | 'file name'
}

/** What an article is called. */
export interface Names {
  path: string
  /** Null where none is given. */
  title: string | null
  /** Tags and categories, as somebody wrote them into this file. */
  tags: readonly string[]
}

/** Null where nothing that it is called says so, or its title speaks of drafts. */
export function findDraftName({ path, title, tags }: Names): DraftName | null {
  if (title !== null && [inBrackets, inFront, inFrontElsewhere].some(form => form.test(title)))
    return { text: title, what: 'title' }
  const tag = tags.find(one => marked.test(one.trim())) ?? tags.find(one => isBare(one, title))
  if (tag !== undefined) return { text: tag, what: 'tag' }
  const base = fileNameOf(path)
    .replace(/\.[^.]+$/, '')
    .replace(/^\d{4}-\d{1,2}-\d{1,2}[-_ ]+/, '')
  return inFileName.test(base) && !subject.test(title ?? '')
    ? { text: fileNameOf(path), what: 'file name' }
    : null
}

function isBare(tag: string, title: string | null): boolean {
  const bare = tag.trim().toLowerCase()
  if (!plainDraftWords.includes(bare)) return false
  return bare === 'draft' ? !subject.test(title ?? '') : !(title ?? '').toLowerCase().includes(bare)
}
