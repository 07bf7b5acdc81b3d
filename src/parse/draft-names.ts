import { readArticlePath } from '../model/article-paths.ts'
import { draftWordOfName, isMarkedDraft, saysDraft, withoutShapeless } from './draft-marks.ts'

/*
 * What an article is called may tell that it is none to be read yet: its title, its tags, its file. A word in brackets says nothing else; a bare
 * `draft` may be the subject (of horses, beer and basketball): in a file's name it counts in capitals, with a number, alone, or where a title or
 * a date is missing.
 */

/** `[draft]`, `#wip`, `status/draft`. */
const marked =
  /^(?:[[({<【「_#!*]+\s*([^\])}>】」_!*]+)[\])}>】」_!*]*|#?(?:status|state|stage|publish)\s*[/:=-]\s*(.+))$/iu
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
  /** It lacks a title or a date, as what is no article yet does. */
  isBare: boolean
}

/** Null where nothing that it is called says so, or its title speaks of drafts. */
export function findDraftName({ path, title, tags, isBare }: Names): DraftName | null {
  if (title !== null && isMarkedDraft(title)) return { text: title, what: 'title' }
  const tag = tags.find(isMarkedTag) ?? tags.find(one => saysDraft(one) && !speaksOf(title, one))
  if (tag !== undefined) return { text: tag, what: 'tag' }
  const { name } = readArticlePath(path)
  const isAlone = saysDraft(name) && !/(?:^|\/)index\.[^/]+$/i.test(path)
  const word = draftWordOfName(name, isBare || isAlone)
  return word !== null && !speaksOf(title, word) ? { text: name, what: 'file name' } : null
}

function isMarkedTag(tag: string): boolean {
  const [, inside, state] = marked.exec(withoutShapeless(tag).trim()) ?? []
  return saysDraft(inside ?? state ?? '')
}

function speaksOf(title: string | null, words: string): boolean {
  const [spoken, said] = [title ?? '', words].map(text => withoutShapeless(text).trim().toLowerCase())
  return /\bdraft\b/.test(said ?? '') ? subject.test(title ?? '') : (spoken ?? '').includes(said ?? '')
}
