import { tokensOf } from './javascript-tokens.ts'

/** A program that a page's markup has a list by, and where it begins. */
export interface MarkupProgram {
  at: number
  program: string
}

/** UTF-16 code units that are looked at for one list. */
const longest = 2_000
const mostPrograms = 100
const nothing = `(?:null|undefined|false|""|'')`

/**
 * The lists in the markup of an Astro page: `{posts.filter(post => !post.data.hidden).map(post => <li>…</li>)}`, what is handed to a component
 * (`posts={posts}`), and what a `v-for` of Vue goes through. A condition before an element is a filter as well.
 */
export function listsInMarkup(path: string, text: string): MarkupProgram[] {
  if (path.endsWith('.astro')) {
    const start = /^\s*---[^\S\n]*\n[\s\S]*?\n---/.exec(text)?.[0].length ?? 0
    const chains = [
      ...text
        .slice(start)
        .matchAll(/(?<![\w$.])[A-Za-z_$][\w$]*(?=(?:\??\.[\w$]+)*\??\.(?:filter|map|flatMap)\()/g),
    ]
    const handed = [...text.slice(start).matchAll(/(?<=[={]\s*)[A-Za-z_$][\w$]*(?=\s*\})/g)]
    return [
      ...chains.slice(0, mostPrograms).map(({ index }) => chainFrom(text, start + index)),
      ...handed.slice(0, mostPrograms).map(({ index, 0: program }) => ({ at: start + index, program })),
    ]
  }
  if (!path.endsWith('.vue')) return []
  return [
    ...text.matchAll(
      /<[\w-]+\b([^<>]*?)\bv-for="\s*\(?([\w$]+)[^"]{0,60}?\s(?:in|of)\s+([^"]{1,500})"([^>]*>)(?:\s*<[\w-]+\s+v-if="([^"]{1,300})")?/g,
    ),
  ]
    .slice(0, mostPrograms)
    .map(({ index, 1: before = '', 2: name = '', 3: list = '', 4: behind = '', 5: inside }) => {
      const own = /\bv-if="([^"]{1,300})"/.exec(before + behind)?.[1] ?? inside
      const at = text.indexOf(list, index)
      return { at, program: own ? `(${list}).filter(${name} => ${own})` : list }
    })
}

/** From a list's name over its methods, up to what is made of each. */
function chainFrom(text: string, at: number): MarkupProgram {
  const source = text.slice(at, at + longest)
  const tokens = tokensOf(source)
  let index = 1
  for (; index < tokens.length - 1; ) {
    const [token, name, open] = [tokens[index], tokens[index + 1], tokens[index + 2]]
    if ((token?.text === '.' || token?.text === '?.') && name?.kind === 'name') {
      if (/^(?:map|flatMap)$/.test(name.text) && open?.text === '(')
        return { at, program: source.slice(0, token.at) + guardOf(source.slice(open.at + 1)) }
      index += 2
    } else if (token && /^[([]$/.test(token.text) && token.pair > index) index = token.pair + 1
    else break
  }
  return { at, program: source.slice(0, tokens[index]?.at ?? source.length) }
}

/** `post => !post.data.hidden && <li>`: what has to hold for an element, as a filter. */
function guardOf(source: string): string {
  const [, takes = '', before = ''] =
    /^\s*(?:async\s+)?(\([^()]{0,200}\)|[\w$]+)\s*=>\s*([\s\S]{0,400}?)(?=<[A-Za-z>])/.exec(source) ?? []
  if (takes === '') return ''
  const left = before.replace(/^\(\s*/, '')
  const only = /^([\s\S]*?)&&\s*\(?\s*$/.exec(left)?.[1]
  if (only) return `.filter(${takes} => ${only})`
  const other = new RegExp(`^([\\s\\S]*?)\\?\\s*${nothing}\\s*:\\s*\\(?\\s*$`).exec(left)?.[1]
  if (other) return `.filter(${takes} => !(${other}))`
  const yes = /^([\s\S]*?)\?\s*\(?\s*$/.exec(left)?.[1]
  if (yes && new RegExp(`:\\s*${nothing}\\s*\\)`).test(source)) return `.filter(${takes} => ${yes})`
  const leaves = /^\{\s*if\s*\(([\s\S]*?)\)\s*\{?\s*return(?:\s+null)?\s*[;}\n]/.exec(left)?.[1]
  return leaves ? `.filter(${takes} => !(${leaves}))` : ''
}
