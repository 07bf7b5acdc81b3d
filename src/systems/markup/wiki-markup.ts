import { escapeHtmlAttribute } from '../../text/escape.ts'
import { articleMark } from '../preset-links.ts'
import { codeRanges, rangeTest } from './markdown-code-ranges.ts'

/** What Obsidian's text has beside Markdown, in one pass, so that what one thing leaves is never read as another. */
const marks =
  /%%[\s\S]*?(?:%%|$(?![\s\S]))|(!?)\[\[([^[\]\n]+)\]\]|==(?=\S)([^=\n]+?)(?<=\S)==|^([ \t]*(?:>[ \t]*)+)\[!([\w-]+)\][+-]?[ \t]*([^\n]*)$|[ \t]+\^[\w-]+[ \t]*$|(!\[[^[\]\n|]*)\|\d+(?:x\d+)?(?=\]\()/gm

/**
 * Notes of Obsidian as Markdown: `%%…%%` is private and left out, wiki links become links, embeds pictures, players or links,
 * callouts quotes with a title, `==…==` marks. Every line stays where it is. https://help.obsidian.md/syntax
 */
export function translateWikiMarkup(text: string): string {
  if (!/%%|\[\[|==|\[!|\^|!\[[^\]\n]*\|/.test(text)) return text
  const inCode = rangeTest(codeRanges(text))
  const shownOf = ([whole, embed, link, marked, quote, kind, title, picture]: RegExpExecArray) => {
    if (picture !== undefined) return picture
    if (whole.startsWith('%%')) return whole.replace(/[^\n]/g, '')
    if (link !== undefined) return embed === '!' ? embedOf(link) : linkOf(link)
    if (marked !== undefined) return `<mark>${marked}</mark>`
    if (kind !== undefined) return `${quote}**${title?.trim() || named(kind)}**  `
    return ''
  }
  const out: string[] = []
  let at = 0
  marks.lastIndex = 0
  for (let found = marks.exec(text); found; found = marks.exec(text)) {
    // What code seems to begin may reach over what is private behind it.
    if (inCode(found.index)) marks.lastIndex = found.index + Math.min(2, found[0].length)
    else {
      out.push(text.slice(at, found.index), shownOf(found))
      at = marks.lastIndex
    }
  }
  return out.join('') + text.slice(at)
}

const named = (kind: string) => kind.charAt(0).toUpperCase() + kind.slice(1).toLowerCase()

/** `Target#Heading|words` */
function partsOf(inside: string) {
  const bar = inside.replace('\\|', '|').indexOf('|')
  const written = inside.replace('\\|', '|')
  const target = (bar === -1 ? written : written.slice(0, bar)).trim()
  const words = bar === -1 ? null : written.slice(bar + 1).trim()
  const hash = target.indexOf('#')
  const path = hash === -1 ? target : target.slice(0, hash)
  const fragment = hash === -1 ? '' : target.slice(target.lastIndexOf('#') + 1)
  return { path, fragment, words, target }
}

function linkOf(inside: string): string {
  const { path, fragment, words, target } = partsOf(inside)
  const shown = (words || target.replace(/#\^?/, ' > ').replace(/^ > /, '')).replace(/([[\]\\])/g, '\\$1')
  const anchor = fragment === '' || fragment.startsWith('^') ? '' : `#${headingSlug(fragment)}`
  return path === '' ? `[${shown}](${anchor || '#'})` : `[${shown}](${addressOf(path)}${anchor})`
}

const addressOf = (path: string) =>
  articleMark + encodeURI(path).replace(/[()]/g, character => (character === '(' ? '%28' : '%29'))

const headingSlug = (heading: string) =>
  encodeURI(
    heading
      .trim()
      .toLowerCase()
      .replace(/[^\p{L}\p{M}\p{N}\s_-]/gu, '')
      .replace(/\s+/g, '-'),
  )

function embedOf(inside: string): string {
  const { path, words } = partsOf(inside)
  const extension = /\.(\w+)$/.exec(path)?.[1]?.toLowerCase() ?? ''
  const source = escapeHtmlAttribute(addressOf(path))
  if (/^(?:png|jpe?g|gif|webp|avif|svg|bmp)$/.test(extension)) {
    // What stands behind the bar is a width, or a description.
    const alt = (words ?? '').replace(/(?:^|\|)\s*\d+(?:x\d+)?$/, '')
    return `<img src="${source}" alt="${escapeHtmlAttribute(alt)}">`
  }
  if (/^(?:mp3|m4a|ogg|wav|flac|opus)$/.test(extension)) return `<audio controls src="${source}"></audio>`
  if (/^(?:mp4|webm|mov|mkv|ogv)$/.test(extension)) return `<video controls src="${source}"></video>`
  return linkOf(inside)
}
