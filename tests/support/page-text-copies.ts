import type { FileReport } from '../../src/model/article.ts'
import { randomFrom } from './page-text-pages.ts'

/** A made-up file and the paragraphs of its author. */
export interface MadeFile {
  path: string
  text: string
  /** What must be in the article, word for word. */
  paragraphs: string[]
}

const nouns =
  'harbour bridge council library ferry orchard school market river lamp baker tower bicycle winter garden museum station village storm archive'.split(
    ' ',
  )
const verbs = 'opens closes mends sells paints counts moves keeps finds lends builds shows'.split(' ')

/**
 * A folder in which texts share what authors share: copies of articles, near copies with an edited paragraph, rewritings of a
 * half, weekly letters with a greeting and standing headings, serials that begin with what happened so far, and files made
 * from a template, half of them within a site's frame; among them single articles, and pages of sites with frames of their own.
 */
export function folderOfCopies(seed: number, count: number): MadeFile[] {
  const random = randomFrom(seed)
  const pick = <T>(values: readonly T[]): T => values[Math.floor(random() * values.length)] as T
  let number = 0
  const name = () => `${pick(['', '', 'letters/', 'old/'])}${number++}.txt`
  const clause = () => `the ${pick(nouns)} of the ${pick(nouns)} ${pick(verbs)} a ${pick(nouns)}`
  const say = () => {
    const [first = '', ...others] = Array.from({ length: 2 + Math.floor(random() * 4) }, clause)
    return `${[first[0]?.toUpperCase() + first.slice(1), ...others].join(', and ')}.`
  }
  const paragraphs = (least = 2) => Array.from({ length: least + Math.floor(random() * 5) }, say)
  const headline = () => `The ${pick(nouns)} and the ${pick(nouns)} of number ${number}`
  const date = () => `${1 + Math.floor(random() * 28)} March ${2010 + Math.floor(random() * 15)}`
  const made: MadeFile[] = []
  /** What a site prints around what its author writes; at times nothing. */
  const frameOf = (town: string): { head: string[]; tail: string[] } =>
    random() < 0.5
      ? { head: [], tail: [] }
      : {
          head: ['Home', `News of ${town}`, 'Contact'],
          tail: [
            ...(random() < 0.5
              ? ['Subscribe and read by e-mail what is new in town, each week and free of charge.']
              : []),
            'Share on Facebook',
            `Write to ${town}`,
            'All rights reserved',
          ],
        }
  const put = (head: string[], own: string[], tail: string[] = []) =>
    made.push({ path: name(), text: [...head, ...own, ...tail].join('\n\n'), paragraphs: own })

  const kinds = [
    () => put([headline(), date()], paragraphs()),
    function copies() {
      const [title, day, own] = [headline(), date(), paragraphs()]
      for (let copy = 0; copy < 2 + random() * 9; copy++) put([title, day], own)
    },
    function nearCopies() {
      const own = paragraphs(4)
      for (let copy = 0; copy < 2 + random() * 9; copy++) {
        const edited = Math.floor(random() * own.length)
        put(
          [headline(), date()],
          own.map((text, at) => (at === edited ? say() : text)),
        )
      }
    },
    function rewritings() {
      const half = paragraphs(3)
      for (let copy = 0; copy < 3 + random() * 9; copy++)
        put([headline(), date()], [...half, ...paragraphs(3)])
    },
    function letters() {
      const [greeting, farewell, colophon] = [say(), say(), say()]
      const frame = frameOf(`${pick(nouns)} ${number}`)
      const headings = [`What we read in ${pick(nouns)}`, `What we heard of ${pick(nouns)}`]
      for (let week = 0; week < 4 + random() * 30; week++)
        put(
          [...frame.head, `Letter of week ${week}`, date()],
          [
            greeting,
            ...paragraphs(),
            ...headings.flatMap(heading => [heading, ...paragraphs(1)]),
            farewell,
            colophon,
          ],
          frame.tail,
        )
    },
    function serials() {
      const before = paragraphs(2)
      const frame = frameOf(`${pick(nouns)} ${number}`)
      for (let part = 0; part < 3 + random() * 12; part++) {
        const own = paragraphs()
        put(
          [...frame.head, `${headline()}, part ${part}`, date()],
          ['What happened so far', ...before, ...own],
          frame.tail,
        )
        if (random() < 0.3) before.push(own[0] ?? say())
      }
    },
    function templates() {
      const labels = ['At a glance', 'How to get there', 'What it costs', 'Our verdict'].map(
        label => `${label} (${pick(nouns)})`,
      )
      const [intro, outro] = [say(), say()]
      const frame = frameOf(`${pick(nouns)} ${number}`)
      for (let file = 0; file < 4 + random() * 20; file++)
        put(
          [...frame.head, headline(), date()],
          [intro, ...labels.flatMap(label => [label, ...paragraphs(1)]), outro, 'Thanks for reading!'],
          frame.tail,
        )
    },
    function site() {
      const town = `${pick(nouns)} ${number}`
      for (let file = 0; file < 4 + random() * 30; file++)
        put(['Home', `News of ${town}`, 'Contact', headline(), date()], paragraphs(3), [
          'Share on Facebook',
          `Write to ${town}`,
          'All rights reserved',
        ])
    },
  ]
  while (made.length < count) pick(kinds)()
  return made.slice(0, count)
}

/** What articles lack of their authors' words; empty where nothing is lost. */
export function lostParagraphs(made: readonly MadeFile[], files: readonly FileReport[]): string[] {
  const byPath = new Map(files.map(file => [file.path, file]))
  return made.flatMap(({ path, paragraphs }) => {
    const article = byPath.get(path)?.article
    if (!article) return [`${path}: no article`]
    const text = article.text.replace(/\s+/g, ' ')
    return paragraphs.flatMap(paragraph => (text.includes(paragraph) ? [] : [`${path}: ${paragraph}`]))
  })
}
