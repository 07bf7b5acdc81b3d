import { type KeptBackBlock, keptBackBlocks, mergedParts } from '../../html/kept-back-blocks.ts'
import { classForMembers, speaksOfMembers } from '../../html/members-only.ts'

interface Mark {
  /** Its letters: `private` of `[private#1]`. */
  name: string
  /** Up to the first space: `private#1`. */
  whole: string
  /** What stands between that and `]`, as written. */
  said: string
  start: number
  end: number
  isEnd: boolean
  /** Another mark, which begins before it, ends behind it: `[private title="[/private]"]`. */
  isInside: boolean
  /** With a bracket before it, or behind it: `[[name]…[/name]]` is how a text speaks of a shortcode. */
  isDoubled: boolean
}

const nameOfMark = /\[(\/?)([^\x00-\x20<>&/[\]="']+)/y

/** Tags and comments as WordPress parts them from the text, where no shortcode ends. */
const tags = /<(?:!--[\s\S]*?(?:-->|$(?![\s\S]))|[^>]*>?)/g

/**
 * Takes out what plugins of WordPress show to members alone: what stands between a shortcode and its end (`[membership level="1"]…[/membership]`),
 * and blocks. Where a text can be read in two ways, what is hidden in either goes. What nobody ends WordPress shows to all, as it does what is
 * written `[[private]…[/private]]`. Time is linear.
 */
export function withoutMembersParts(content: string): { text: string; marks: string[] } {
  const blocks = keptBackBlocks(content)
  const marks: string[] = []
  const parts: string[] = []
  let at = 0
  for (const { start, end, mark } of mergedParts([...shortcodeParts(content), ...blocks])) {
    marks.push(mark)
    parts.push(content.slice(at, start))
    at = end
  }
  return { text: parts.join('') + content.slice(at), marks }
}

/** Whether a text ends for those who pay nothing where a mark stands alone: `[paywall]`. */
export function hasWall(content: string): boolean {
  if (!/paywall/i.test(content)) return false
  return marksIn(content).some(
    ({ whole, said, start, end }) =>
      /paywall/i.test(whole) && (isCalled(said) || standsAlone(content, start, end)),
  )
}

function shortcodeParts(content: string): KeptBackBlock[] {
  if (!content.includes('[')) return []
  const byName = Map.groupBy(marksIn(content), ({ name }) => name.toLowerCase())
  const inTags = rangesOfTags(content)
  // Marks without an end reach into one another: what is looked at is bounded, and beyond it everything is doubtful.
  let left = content.length * 8
  const isForMembers = ({ said, isEnd }: Mark) => {
    if (isEnd) return false
    left -= said.length
    return left < 0 || saysForMembers(said)
  }
  return [...byName.values()].flatMap(marks => {
    const isKept = marks.some(({ whole }) => speaksOfMembers(whole.slice(0, longestName)))
    if (!marks.some(({ isEnd }) => isEnd))
      return isKept ? marks.filter(({ said }) => isCalled(said)).map(partOf) : []
    const kept = new Set(isKept ? marks : marks.filter(isForMembers))
    if (kept.size === 0) return []
    // As WordPress reads them, names letter by letter and outside of tags; and whatever looks like an end.
    const strict = marks.filter(
      ({ isEnd, isInside, said, start }) => !(isEnd && (said !== '' || isInside)) && !isWithin(inTags, start),
    )
    const groups = [Map.groupBy(strict, ({ whole }) => whole), Map.groupBy(strict, ({ name }) => name)]
    // `[[/private]]` may be how a text speaks of an end.
    const plain = marks.filter(({ isEnd, start }) => !(isEnd && content[start - 1] === '['))
    return [...groups.flatMap(group => [...group.values()]), marks, plain].flatMap(group =>
      pairs(group, kept),
    )
  })
}

const longestName = 200

/** Whether something is said as shortcodes have it, and no words stand in brackets. */
const isCalled = (said: string) => /^\s+[\w-]+\s*=/.test(said.slice(0, longestName))

function marksIn(content: string): Mark[] {
  const marks: Mark[] = []
  let close = -1
  for (let start = content.indexOf('['); start !== -1; start = content.indexOf('[', start + 1)) {
    // As WordPress has it: the first `]` ends a mark, whatever stands before it.
    if (close < start) close = content.indexOf(']', start)
    if (close === -1) break
    nameOfMark.lastIndex = start
    const [found = '', slash, whole = ''] = nameOfMark.exec(content) ?? []
    if (whole === '') continue
    const [end, isEnd] = [close + 1, slash === '/']
    const said = content.slice(start + found.length, close)
    const isDoubled = content[isEnd ? end : start - 1] === (isEnd ? ']' : '[')
    const isInside = start < (marks.at(-1)?.end ?? 0)
    const name = /^[\w-]+/.exec(whole)?.[0] ?? whole
    marks.push({ name, whole, said, start, end, isEnd, isInside, isDoubled })
  }
  return marks
}

/** The name alone: what is said behind it may be a password. */
const partOf = ({ start, end, whole, said }: Mark): KeptBackBlock => ({
  start,
  end,
  mark: `[${whole.slice(0, 60)}${said.trim() === '' ? '' : ' …'}]`,
})

/**
 * From the first mark to the first end, which is WordPress's own reading (`get_shortcode_regex`); and from the last mark to the end behind
 * it, which is everybody else's.
 */
function pairs(marks: Mark[], kept: ReadonlySet<Mark>): KeptBackBlock[] {
  const found: KeptBackBlock[] = []
  const open: Mark[] = []
  let first: Mark | null = null
  let alone: Mark | null = null
  for (const mark of marks) {
    if (!mark.isEnd) {
      if (mark.said.endsWith('/')) {
        alone = mark
        continue
      }
      first ??= mark
      open.push(mark)
      continue
    }
    // An end that nothing but a mark without content can belong to.
    for (const begun of new Set([first ?? alone, open.pop()]))
      if (begun && kept.has(begun) && !(begun.isDoubled && mark.isDoubled))
        found.push({ ...partOf(begun), end: mark.end })
    first = null
    alone = null
  }
  return found
}

/** Settings of builders and themes that hide what stands in a shortcode of theirs, whatever it is called. */
function saysForMembers(said: string): boolean {
  if (!said.includes('=')) return false
  return settingsForMembers.test(said) || classForMembers.test(said)
}

const settingsForMembers =
  /\b(?:members?|access|restrict\w*|user_?roles?|roles?|capability|(?:only_)?logged_?in|membership|subscription|visibility|permissions?|password|audience|(?:registered|members?|users?|subscribers?)_only|only_(?:registered|members?|users?)|render_logics|display_conditions?)\s*=\s*["']?(?!(?:all|everyone|everybody|public|visible|none|no|off|false|0)?["'\s]|$)|\b(?:disable_element|disabled|hidden|hide|private)\s*=\s*["']?(?:yes|on|true|1)\b|\bstatus\s*=\s*["']?(?:draft|private|pending)\b|\bhas_(?:subscription|download)|\bdisabled_on\s*=\s*["']on\|on\|on\b|\bstyle\s*=\s*["'][^"']*display\s*:\s*none|\b(?:for|to|if|user|who|show_?(?:to|for)|visible_?(?:to|for))\s*=\s*["']?!?(?:is_)?(?:(?:paid|paying|premium|registered|active|logged)[-_ ]?)?(?:members?|subscribers?|logged(?:[-_ ]?in)?|premium|paid|registered|admins?(?:istrators?)?|editors?|patrons?|customers?|buyers?|supporters?|donors?)\b/i

function rangesOfTags(content: string): { start: number; end: number }[] {
  return [...content.matchAll(tags)].map(({ 0: tag, index }) => ({ start: index, end: index + tag.length }))
}

function isWithin(ranges: { start: number; end: number }[], place: number): boolean {
  let [low, high] = [0, ranges.length]
  while (low < high) {
    const middle = (low + high) >> 1
    if ((ranges[middle]?.end ?? 0) <= place) low = middle + 1
    else high = middle
  }
  return (ranges[low]?.start ?? place + 1) <= place
}

/** Nothing but tags and space stands beside it on its line. */
function standsAlone(content: string, start: number, end: number): boolean {
  const before = content.slice(Math.max(0, start - 200), start)
  const behind = content.slice(end, end + 200)
  return /(?:^|[\n>])[ \t]*$/.test(before) && /^[ \t]*(?:$|[\r\n<])/.test(behind)
}
