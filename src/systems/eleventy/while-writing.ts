const developing = 'dev(?:elopment)?|serve|watch'
const publishing = 'prod(?:uction)?|build'
/** https://www.11ty.dev/docs/environment-vars/: `process.env.ELEVENTY_RUN_MODE === "serve"` */
const whileWriting = new RegExp(`===?\\s*["'](?:${developing})["']|!==?\\s*["'](?:${publishing})["']`)
const whilePublishing = new RegExp(`===?\\s*["'](?:${publishing})["']|!==?\\s*["'](?:${developing})["']`)

/**
 * Whether a place in a program's text stands in an `if` that holds only while somebody writes: old articles are left out
 * there, to see the new ones sooner, and are on the site all the same. A condition of several parts is none of those.
 */
export function isWhileWriting(text: string, place: number): boolean {
  for (let at = opening(text, place); at !== -1; at = opening(text, at)) {
    const before = text.slice(Math.max(0, at - 400), at)
    if (whileWriting.test(conditionOf(before))) return true
    const branch = /\}\s*else\s*$/.exec(before)
    if (!branch) continue
    const first = opening(text, at - branch[0].length)
    if (first === -1) return false
    if (whilePublishing.test(conditionOf(text.slice(Math.max(0, first - 400), first)))) return true
  }
  return false
}

/** Where the block begins that a place stands in; -1 outside of all. */
function opening(text: string, place: number): number {
  let closed = 0
  for (let at = place - 1; at >= 0; at--) {
    const character = text.charAt(at)
    if (character === '}') closed++
    else if (character === '{' && closed-- === 0) return at
  }
  return -1
}

function conditionOf(before: string): string {
  const condition = /\bif\s*\(([^{}]{0,300})\)\s*$/.exec(before)?.[1] ?? ''
  return /\|\||&&/.test(condition) ? '' : condition
}
