import { expect, test } from 'vitest'
import { pageBody } from '../../src/documents/pages/article-body.ts'
import { siteDefaults } from '../../src/model/site.ts'
import { parseFile } from '../../src/parse/parse-file.ts'
import { hostileInputs } from './hostile-inputs.ts'

/*
 * Timings decide no test of `npm test`; these run with `npm run fuzz`, on a machine that has nothing else to do.
 */
const context = {
  site: { ...siteDefaults, url: 'https://news.example/' },
  media: () => undefined,
  boilerplate: () => new Map(),
}
const encoder = new TextEncoder()

/** Milliseconds of the fastest of a few runs. */
function timeOf(path: string, text: string, runs = 2): number {
  let best = Number.POSITIVE_INFINITY
  const bytes = encoder.encode(text)
  for (let run = 0; run < runs; run++) {
    const start = performance.now()
    parseFile({ path, bytes }, context)
    best = Math.min(best, performance.now() - start)
  }
  return best
}

test.each(Object.entries(hostileInputs))('time grows with size, and no faster: %s', (_, { path, text }) => {
  const size = 10_000
  // A quotient of short times says little, and one busy moment of the machine must not fail the test.
  const grows = () => {
    const twice = timeOf(path, text(2 * size))
    return twice < 25 ? 1 : twice / timeOf(path, text(size))
  }
  let quotient = grows()
  for (let again = 0; quotient > 2.5 && again < 4; again++) quotient = Math.min(quotient, grows())
  expect(quotient).toBeLessThanOrEqual(2.5)
})

test('what is not a tag at all costs a page no more than its length', () => {
  const image = {
    url: 'https://example.org/i.png',
    alt: '',
    type: null,
    length: null,
    width: 400,
    height: 300,
  }
  const words = { task: { done: 'Done', open: 'To do' } }
  const start = performance.now()
  for (const part of ['<pre ', '<img a="', '<pre a=b ', `<table${' '.repeat(50)}`])
    pageBody(part.repeat(20_000), image, words)
  expect(performance.now() - start).toBeLessThan(2000)
})
