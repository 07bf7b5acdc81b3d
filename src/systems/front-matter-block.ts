import { readData, type Settings } from './preset-folder.ts'

/** The front matter of a file that is no article but speaks for others (`_index.md`): YAML, TOML or JSON. Empty where there is none. */
export function splitSettings(path: string, text: string): Settings {
  const plain = text.replace(/^\uFEFF?\s*/, '')
  // gray-matter, by which Eleventy and others read it, has the language behind the mark: `---json`.
  const [, mark, language, block = ''] =
    /^(---|\+\+\+)(json|toml|ya?ml)?[ \t]*\r?\n([\s\S]*?)(?:\r?\n|^)\1[ \t]*(?:\r?\n|$)/.exec(plain) ?? []
  if (mark === '---' && language !== 'toml') return readData(`${path}.yaml`, block)
  if (mark !== undefined) return readData(`${path}.toml`, block.replaceAll('\r\n', '\n'))
  return plain.startsWith('{') ? readData(`${path}.json`, plain.slice(0, plain.lastIndexOf('}') + 1)) : {}
}
