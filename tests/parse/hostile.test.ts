import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { siteDefaults } from '../../src/model/site.ts'
import { parseFile } from '../../src/parse/parse-file.ts'
import { unsafeParts } from '../html/unsafe-html.ts'
import { hostileInputs } from './hostile-inputs.ts'

const context = {
  site: { ...siteDefaults, url: 'https://news.example/' },
  media: () => undefined,
  boilerplate: () => new Map(),
}
const encoder = new TextEncoder()
const parse = (path: string, text: string) => parseFile({ path, bytes: encoder.encode(text) }, context)

describe('made to hurt, and printable', () => {
  test.each(Object.entries(hostileInputs))('%s', (_, { path, text }) => {
    const result = parse(path, text(3_000))
    expect(result.diagnostics.filter(({ code }) => code === 'file-unparsable')).toEqual([])
    if (result.article) expect(unsafeParts(result.article.html)).toEqual([])
  })
})

test('no bytes make the parser throw, whatever the file is called', () => {
  const paths = fc.constantFrom('a.md', 'b.html', 'c.txt', '2026-01-31-d.markdown', '_drafts/e.xhtml', 'f')
  fc.assert(
    fc.property(paths, fc.uint8Array({ maxLength: 400 }), (path, bytes) => {
      const { article, diagnostics } = parseFile({ path, bytes }, context)
      expect(diagnostics.map(({ code }) => code)).not.toContain('file-unparsable')
      if (!article) expect(diagnostics.some(({ severity }) => severity === 'error')).toBe(true)
    }),
    { numRuns: 2_000 },
  )
})
