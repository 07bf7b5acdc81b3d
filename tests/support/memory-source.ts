import type { Source } from '../../src/model/source.ts'

/** A folder in memory. Its files may be changed between listings; a stamp changes with the content. */
export function memorySource(files: Map<string, string | Uint8Array>): Source {
  const bytesOf = (content: string | Uint8Array) =>
    typeof content === 'string' ? new TextEncoder().encode(content) : content
  let stamp = 0
  const known = new Map<string, { content: string | Uint8Array; stamp: string }>()
  const stampOf = (path: string, content: string | Uint8Array) => {
    const before = known.get(path)
    if (before?.content === content) return before.stamp
    const made = String(++stamp)
    known.set(path, { content, stamp: made })
    return made
  }
  return {
    name: 'memory',
    async list() {
      const paths = [...files.keys()].sort()
      return {
        files: paths.map(path => ({
          path,
          size: bytesOf(files.get(path)!).length,
          stamp: stampOf(path, files.get(path)!),
        })),
        refused: [],
        ignored: 0,
      }
    },
    async read(path, { range } = {}) {
      const content = files.get(path)
      if (content === undefined) throw new Error(`no such file: ${path}`)
      return range ? bytesOf(content).subarray(range.start, range.end + 1) : bytesOf(content)
    },
  }
}
