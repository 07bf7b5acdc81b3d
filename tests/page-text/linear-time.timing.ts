import { expect, test } from 'vitest'
import { lineHashes, sourcesAmong } from '../../src/page-text/boilerplate.ts'
import { readPageText } from '../../src/page-text/page-text.ts'
import { plainContext } from '../support/page-text-pages.ts'

const repeat = (piece: string, size: number) => piece.repeat(Math.ceil(size / piece.length))

/** Pages made to cost more than they are long: what a backtracking pattern or a look at every neighbour would pay for. */
const hostile: Record<string, (size: number) => string> = {
  'one endless word': size => repeat('a', size),
  'one endless line of capitals and stops': size => repeat('aaa.A', size),
  'digits and separators': size => repeat('1.2.20 / 12:3 ', size),
  'a menu without end': size => repeat('Home\n\nNews\n\nSport\n\n', size),
  'a menu before the text': size =>
    `${repeat('Home\n\nNews\n\nSport\n\n', size)}${repeat('It was a long day. ', 600)}`,
  'a headline and its site without end': size =>
    repeat('The bridge is mended\n\nThe bridge is mended | Example\n\n', size),
  'links that say what the text says': size =>
    `${repeat('The old bridge over the river is mended before winter. ', 3000)}\n\n${repeat('Bridge mended before the winter\n\nThe river and its bridge again\n\n', size)}`,
  'share bars': size => repeat('Share on Facebook\n\n', size),
  'headings of link lists before two long paragraphs': size =>
    `${repeat('It was a long day, and it ended as such days end. ', 900)}\n\n${repeat('Related\n\n', size)}${`\n\n${repeat('Another day, and no shorter. ', 350)}`.repeat(2)}`,
  'fences that never close': size => repeat('```\n\nword\n\n', size),
  'quotes and bullets': size => repeat('> > • - * 1. ', size),
  'a block of short rows': size => repeat('By Jane Doe\n', size),
  'names and dates': size => repeat('By Jane Doe and John Roe, 1 May 2020 | Updated: 2 May 2020\n\n', size),
  'spaces and tabs': size => `a${repeat(' \t', size)}b`,
  'pipes and slashes in rows': size => repeat('a | b / c » d > e\n', size),
  ideographs: size => repeat('二〇一九年四月2019年04月21日', size),
}

/** Milliseconds of this process's own time: other work on the machine does not count. */
function timed(work: () => void): number {
  const before = process.cpuUsage()
  work()
  return process.cpuUsage(before).user / 1000
}

function cost(text: string): number {
  const runs = Array.from({ length: 3 }, () => timed(() => readPageText(text, 'page.txt', plainContext)))
  return Math.min(...runs)
}

/** The best of a few tries: garbage is collected when it is, and a pattern that is not linear fails them all. */
function ratioOf(short: () => number, long: () => number): number {
  let best = Infinity
  for (let tries = 0; tries < 4 && best > 2.5; tries++) best = Math.min(best, long() / Math.max(short(), 0.5))
  return best
}

test.each(Object.entries(hostile))('doubling a page costs at most 2.5 times: %s', (_, make) => {
  readPageText(make(10_000), 'page.txt', plainContext)
  const [short, long] = [make(50_000), make(100_000)]
  expect(
    ratioOf(
      () => cost(short),
      () => cost(long),
    ),
  ).toBeLessThan(2.5)
})

test('learning the boilerplate of a folder is linear in its size', () => {
  const files = (count: number) =>
    Array.from({ length: count }, (_, at) => repeat(`line ${at}\nshared\n`, 2000))
  const time = (count: number) => {
    const all = files(count)
    return timed(() => sourcesAmong(all.map(lineHashes)))
  }
  time(200)
  expect(
    ratioOf(
      () => time(400),
      () => time(800),
    ),
  ).toBeLessThan(2.5)
})
