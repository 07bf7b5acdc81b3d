import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import type { ParseContext, Reading } from '../../src/model/reading.ts'
import { type SourceSettings, siteDefaults } from '../../src/model/site.ts'
import { isSentence } from '../../src/page-text/boilerplate.ts'
import { readPageText } from '../../src/page-text/page-text.ts'
import { lostCharacters, wordsOfHtml } from '../support/page-text-account.ts'

/*
 * Each hard case is a page (`NAME.txt`, made up, signed by the project or nobody) and what it must be read as
 * (`NAME.json`). `expect` names only the fields the case is about; null means that nothing may be found. In `body` a
 * block's kind shows in its first characters: `## ` heading, `* ` item, `> ` quote, `$ ` code.
 */
interface Case {
  why: string
  timezone?: string
  sources?: Record<string, Partial<SourceSettings>>
  boilerplate?: string[]
  expect: Partial<Record<keyof ReturnType<typeof seen>, unknown>>
}

const folder = join(import.meta.dirname, '../fixtures/page-text')
const names = readdirSync(folder)
  .filter(name => name.endsWith('.txt'))
  .map(name => name.slice(0, -4))

test('every page has its expectation', () => {
  expect(readdirSync(folder).filter(name => name.endsWith('.json'))).toEqual(
    names.map(name => `${name}.json`),
  )
})

test.each(names)('%s', name => {
  const text = readFileSync(join(folder, `${name}.txt`), 'utf8')
  const fixture = JSON.parse(readFileSync(join(folder, `${name}.json`), 'utf8')) as Case
  const reading = readPageText(text, `${name}.txt`, contextOf(fixture))
  const found = seen(reading)
  const wanted = Object.keys(fixture.expect) as (keyof typeof found)[]
  expect(Object.fromEntries(wanted.map(key => [key, found[key]]))).toEqual(fixture.expect)
  expect(lostCharacters(text, reading)).toBe('')
})

function contextOf({ timezone, sources, boilerplate }: Case): ParseContext {
  const unset: SourceSettings = {
    match: null,
    timezone: null,
    language: null,
    dateOrder: null,
    author: null,
    feed: null,
  }
  const settled = Object.entries(sources ?? {}).map(([name, given]) => [name, { ...unset, ...given }])
  return {
    site: { ...siteDefaults, timezone: timezone ?? null, sources: Object.fromEntries(settled) },
    media: () => undefined,
    // A sentence is learnt only where it stands in the frame.
    boilerplate: lines =>
      new Map(
        lines
          .filter(line => boilerplate?.includes(line))
          .map(line => [line, isSentence(line) ? 'behind' : 'amid'] as const),
      ),
  }
}

/** A reading as the fixtures put it. A headline that was not sure counts as none. */
function seen(reading: Reading) {
  return {
    title: reading.title?.from === 'text' ? reading.title.value : null,
    shown: reading.title?.value ?? null,
    kicker: reading.kicker?.value ?? null,
    section: reading.section?.value ?? null,
    standfirst: reading.standfirst?.value ?? null,
    authors: reading.authors?.value.map(({ name, email }) => (email ? `${name} <${email}>` : name)) ?? null,
    agency: reading.agency?.value ?? null,
    dateline: reading.dateline?.value ?? null,
    published: reading.published?.value.rfc3339 ?? null,
    updated: reading.updated?.value.rfc3339 ?? null,
    source: reading.source?.value ?? null,
    sourceId: reading.sourceId?.value ?? null,
    tags: reading.tags?.value ?? null,
    language: reading.language?.value ?? null,
    direction: reading.direction?.value ?? null,
    body: blocksOf(reading.html),
    dropped: reading.dropped.map(({ text }) => text).filter(text => !/^(?:[•>]\s?)+$|^\d{4}|^```/.test(text)),
    diagnostics: reading.diagnostics.map(({ code }) => code).filter(code => code !== 'date-zone-assumed'),
  }
}

const marks: Record<string, string> = {
  p: '',
  h2: '## ',
  li: '* ',
  blockquote: '> ',
  pre: '$ ',
  figcaption: '= ',
}

function blocksOf(html: string): string[] {
  const blocks = html.matchAll(/<(p|h2|li|blockquote|pre|figcaption)>(.*?)<\/\1>/gs)
  return Array.from(blocks, ([, tag, inner]) => marks[tag!]! + wordsOfHtml(inner!).replace(/\n/g, ' ').trim())
}
