/**
 * Articles that are not to be read, each in another way, each with everything that an article can own, and a marker in each of
 * these: whoever finds one has found a leak.
 */

/** Epoch milliseconds: before anything moves, when scheduled articles come, and when expiring ones go. */
export const instants = {
  base: Date.UTC(2026, 0, 10),
  comes: Date.UTC(2026, 0, 20, 9, 30),
  goes: Date.UTC(2026, 0, 30, 18),
}
const iso = (time: number) => new Date(time).toISOString()

export interface KeptArticle {
  kind: string
  files: Map<string, string>
  /** Whether its markers may be seen at an instant. */
  visibleAt(time: number): boolean
}

const never = () => false
const past = iso(Date.UTC(2026, 0, 1))

/** What an article can own. */
export const belongings = [
  ...[
    'title',
    'body',
    'summary',
    'tag',
    'author',
    'section',
    'alias',
    'slug',
    'sound name',
    'sound bytes',
    'picture name',
  ],
  ...['picture bytes', 'cover name', 'cover bytes', 'source', 'kicker', 'id', 'footnote', 'alt text'],
] as const

/** No two articles may be alike: likeness is how a renamed one is known again. */
const sentences = (number: number) =>
  Array.from({ length: 30 }, (_, at) => `word${((number + 1) * 7919 * (at + 1)) % 100_003}`).join(' ')

/** `zq3k7qz`: found whatever is done to the text around it, and in addresses too. */
const markerOf = (kind: number, belonging: (typeof belongings)[number]) =>
  `zq${kind}k${belongings.indexOf(belonging)}qz`
export const markerForm = /zq(\d+)k(\d+)qz/g

interface Kind {
  name: string
  /** Lines of front matter. */
  lines?: string
  date?: string | null
  /** What is made of the name of the file, without extension. */
  path?: (name: string) => string
  /** What is made of the finished text. */
  text?: (text: string) => string
  visibleAt?: (time: number) => boolean
}

const keyed = [
  ...[
    'draft: true',
    'draft: ja',
    'draft: 1',
    'draft: "yes"',
    'draft: on',
    'draft: oui',
    'isDraft: true',
    'wip: true',
  ],
  ...[
    'publish: false',
    'published: no',
    'published: nein',
    'status: draft',
    'status: WIP',
    'status: pending',
  ],
  ...[
    'status: private',
    'status: hidden',
    'status: in review',
    'private: true',
    'hidden: true',
    'unlisted: true',
  ],
  ...[
    'public: false',
    'visibility: private',
    'visibility: members',
    'audience: only_paid',
    'password: tulip',
  ],
  ...['render: false', 'headless: true', 'params: { draft: true }'],
  ...['type: draft', 'ready: false', 'archived: true', 'members_only: true'],
].map((lines): Kind => ({ name: lines, lines }))

const aboveOrBroken: Kind[] = [
  { name: 'a blank line above', lines: 'draft: true', text: text => `\n${text}` },
  { name: 'a byte order mark and a blank line', lines: 'draft: true', text: text => `\ufeff\n${text}` },
  { name: 'a comment above', lines: 'draft: true', text: text => `<!-- x -->\n\n${text}` },
  { name: 'spaces above', lines: 'draft: true', text: text => `  \n \n${text}` },
  { name: 'CRLF', lines: 'draft: true', text: text => `\r\n${text.replaceAll('\n', '\r\n')}` },
  { name: 'a colon without a space', lines: 'draft:true' },
  { name: 'two keys that contradict', lines: 'draft: true\ndraft: false' },
  { name: 'an equals sign', lines: 'draft = true' },
  { name: 'dashes of another kind', lines: 'draft: true', text: text => text.replaceAll(/^---$/gm, '—') },
  { name: 'below front matter', text: text => text.replace(/\n---\n/, '\n---\ndraft: true\n') },
  {
    name: 'a second front matter',
    text: text => text.replace(/\n---\n/, '\n---\n\n---\ndraft: true\n---\n'),
  },
  { name: 'never closed', lines: 'draft:true', text: text => text.replace(/\n---\n/, '\n') },
]

const titled =
  (form: (title: string) => string): Kind['text'] =>
  text =>
    text.replace(/^title: (.*)$/m, (_, title) => `title: '${form(title)}'`)
const called: Kind[] = [
  { name: 'a word in front of its title', text: titled(title => `[DRAFT] ${title}`) },
  { name: 'a word behind its title', text: titled(title => `${title} (draft)`) },
  { name: 'a title in capitals', text: titled(title => `WIP: ${title}`) },
  { name: 'a numbered draft', text: titled(title => `Draft v2: ${title}`) },
  { name: 'a word with emphasis', text: titled(title => `**DRAFT** ${title}`) },
  { name: 'a word in capitals alone', text: titled(title => `DRAFT ${title}`) },
  { name: 'told not to publish it', text: titled(title => `[do not publish] ${title}`) },
  { name: 'a sign of building', text: titled(title => `🚧 WIP: ${title}`) },
  { name: 'another script', text: titled(title => `「草稿」${title}`) },
  { name: 'a version in its name', path: name => `posts/${name}-DRAFT-v2.md` },
  { name: 'a word of another language in its name', path: name => `posts/Entwurf-${name}.md` },
  {
    name: 'an embargo in its first line',
    text: text => text.replace(/\n---\n/, '\n---\nEmbargo until 1 January 2030\n'),
  },
  { name: 'a state with emphasis', text: text => text.replace(/\n---\n/, '\n---\n**Status:** draft\n\n') },
  { name: 'a tag', text: text => text.replace(/^tags: \[/m, 'tags: [draft, ') },
  { name: 'a tag in brackets', text: text => text.replace(/^tags: \[/m, 'tags: ["[wip]", ') },
  { name: 'a category', lines: 'categories: [Entwurf]' },
  { name: 'a name that begins so', path: name => `posts/wip-${name}.md` },
  { name: 'a name that ends so', path: name => `posts/${name}-draft-2.md` },
  {
    name: 'a merge that nobody has settled',
    text: text => `${text}\n<<<<<<< HEAD\nOne.\n=======\nOther.\n>>>>>>> branch\n`,
  },
]

const placed: Kind[] = [
  { name: 'drafts/', path: name => `drafts/${name}.md` },
  { name: '_drafts/', path: name => `blog/_drafts/${name}.md` },
  { name: 'private/', path: name => `private/${name}.md` },
  { name: 'a conflict copy', path: name => `${name} (conflicted copy 2026-01-09).md` },
  { name: 'a copy of another program', path: name => `${name}.sync-conflict-20260109-120102-ABCDEFG.md` },
  { name: "an editor's copy", path: name => `${name}.bak.md` },
  { name: 'a hidden file', path: name => `.${name}.md` },
  { name: 'a hidden folder', path: name => `.trash/${name}.md` },
  { name: 'ignored by the settings', path: name => `kept/${name}.md` },
]

const dated: Kind[] = [
  { name: 'without a date', date: null },
  { name: 'far in the future', date: '2999-01-01', visibleAt: time => time >= Date.UTC(2999, 0, 1) },
  { name: 'expired', lines: `expiryDate: ${iso(instants.base - 1000)}` },
  { name: 'scheduled', date: iso(instants.comes), visibleAt: time => time >= instants.comes },
  {
    name: 'an embargo beside its date',
    lines: `publishDate: ${iso(instants.comes)}`,
    visibleAt: time => time >= instants.comes,
  },
  { name: 'expiring', lines: `expiryDate: ${iso(instants.goes)}`, visibleAt: time => time < instants.goes },
  {
    name: 'for some days',
    date: iso(instants.comes),
    lines: `expiryDate: ${iso(instants.goes)}`,
    visibleAt: time => time >= instants.comes && time < instants.goes,
  },
]

export const keptArticles: KeptArticle[] = [...keyed, ...aboveOrBroken, ...called, ...placed, ...dated].map(
  articleOf,
)

function articleOf(kind: Kind, number: number): KeptArticle {
  const mark = (belonging: (typeof belongings)[number]) => markerOf(number, belonging)
  const { path = name => `posts/${name}.md`, text = written => written, date = past } = kind
  const markdown = `---
title: Title ${mark('title')}
${date === null ? '' : `date: ${date}\n`}description: Summary ${mark('summary')}
tags: [${mark('tag')}]
authors: [${mark('author')}]
section: ${mark('section')}
aliases: [/old/${mark('alias')}/]
slug: ${mark('slug')}
enclosures: [/${mark('sound name')}.mp3]
image: /${mark('cover name')}.png
source: ${mark('source')}
kicker: ${mark('kicker')}
id: tag:example.org,2026:${mark('id')}
${kind.lines ?? ''}
---

${sentences(number)}

Body ${mark('body')} with a note.[^1] ![${mark('alt text')}](/${mark('picture name')}.png)

[^1]: A note ${mark('footnote')}.
`
  return {
    kind: kind.name,
    files: new Map([
      [path(`post-${number}`), text(markdown)],
      [`${mark('sound name')}.mp3`, `Sound of no known kind: ${mark('sound bytes')}`],
      [`${mark('picture name')}.png`, `PNG ${mark('picture bytes')}`],
      [`${mark('cover name')}.png`, `PNG ${mark('cover bytes')}`],
    ]),
    visibleAt: kind.visibleAt ?? never,
  }
}

/** The markers in some bytes that nobody may see at an instant, by what they belong to. */
export function leaksIn(bytes: Uint8Array | string, time: number): string[] {
  const text = (typeof bytes === 'string' ? bytes : new TextDecoder('latin1').decode(bytes)).toLowerCase()
  return [...text.matchAll(markerForm)].flatMap(([, kind, belonging]) => {
    const article = keptArticles[Number(kind)]!
    // Of what was read once, a tombstone names the id.
    const wasRead = article.visibleAt(instants.goes - 1) && time >= instants.goes
    const isOpen = article.visibleAt(time) || (wasRead && belongings[Number(belonging)] === 'id')
    return isOpen ? [] : [`${article.kind}: ${belongings[Number(belonging)]}`]
  })
}

/** The last part of an article's address. */
export const slugOf = (number: number): string => markerOf(number, 'slug')

/** Addresses at which something of an article might be found. */
export function guessedPaths(number: number): string[] {
  const mark = (belonging: (typeof belongings)[number]) => markerOf(number, belonging)
  const below = ['tags', 'authors', 'sections'].flatMap(kind =>
    [mark('tag'), mark('author'), mark('section')].flatMap(name => [
      `/${kind}/${name}/`,
      `/${kind}/${name}/rss.xml`,
    ]),
  )
  return [
    ...below,
    `/articles/${mark('slug')}/`,
    `/articles/post-${number}/`,
    `/${mark('slug')}/`,
    `/old/${mark('alias')}/`,
    `/media/${mark('sound name')}.mp3`,
    `/media/${mark('picture name')}.png`,
    `/media/${mark('cover name')}.png`,
  ]
}
