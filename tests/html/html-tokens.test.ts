import fc from 'fast-check'
import { ErrorCodes, type TokenHandler as ParserHandler, type Token, Tokenizer } from 'parse5'
import { expect, test } from 'vitest'
import { readHtmlTokens } from '../../src/html/html-tokens.ts'

type Event = string | [string, Record<string, string>] | [string]

function ours(html: string): { events: Event[]; cut: boolean } {
  const events: Event[] = []
  let cut = false
  readHtmlTokens(html, {
    text: value => addText(events, value),
    startTag: tag => {
      events.push([tag.name, Object.fromEntries(tag.attributes)])
      return 'markup'
    },
    endTag: name => events.push([`/${name}`]),
    inForeignContent: () => false,
    unclosed: () => {
      cut = true
    },
  })
  return { events, cut }
}

/** Null where the end of the file cuts a tag off. */
function theirs(html: string): Event[] | null {
  const events: Event[] = []
  let cut = false
  const text = ({ chars }: Token.CharacterToken) => addText(events, chars)
  const handler: ParserHandler = {
    onStartTag: ({ tagName, attrs }) =>
      events.push([tagName, Object.fromEntries(attrs.map(({ name, value }) => [name, value]))]),
    onEndTag: ({ tagName }) => events.push([`/${tagName}`]),
    onCharacter: text,
    onWhitespaceCharacter: text,
    onNullCharacter: text,
    onComment() {},
    onDoctype() {},
    onEof() {},
    onParseError: ({ code }) => {
      if (code === ErrorCodes.eofInTag) cut = true
    },
  }
  new Tokenizer({}, handler).write(html, true)
  return cut ? null : events
}

function addText(events: Event[], value: string) {
  if (typeof events.at(-1) === 'string') events[events.length - 1] += value
  else if (value !== '') events.push(value)
}

const pieces =
  `<|>|</|<!--|-->|--!>|<!|<?|<![CDATA[|]]>|<!doctype html>|/|=|"|'| |\n|a|b|<p|<P|<br/|<a href|onclick|x|é|&|&amp;|&notin|&copy=|&#60;|&#x26;|&lt|;|<div class="|title='|>text</p>|-|!|?`.split(
    '|',
  )

test('soup is the same tokens to parse5, up to a tag that the end cuts off', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom(...pieces), { maxLength: 30 }), soup => {
      const html = soup.join('')
      const expected = theirs(html)
      if (expected) expect(ours(html).events).toEqual(expected)
    }),
    { numRuns: 20_000 },
  )
})

test('a tag that the end of the file cuts off is text: no word is lost', () => {
  expect(ours('one <a href="two three').events).toEqual(['one <a href="two three'])
  expect(ours('one <!-- two').cut).toBe(true)
})
