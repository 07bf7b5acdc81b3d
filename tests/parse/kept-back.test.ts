import { describe, expect, test } from 'vitest'
import type { Preset } from '../../src/model/preset.ts'
import type { ParseContext } from '../../src/model/reading.ts'
import { siteDefaults } from '../../src/model/site.ts'
import { notYetPhrases, plainDraftWords, unpublishedWords } from '../../src/parse/draft-words.ts'
import { parseFile } from '../../src/parse/parse-file.ts'

const context: ParseContext = {
  site: { ...siteDefaults, title: 'News', url: 'https://news.example/', preview: false },
  media: () => undefined,
  linkTo: () => undefined,
  boilerplate: () => new Map(),
}

function statusOf(text: string, path = 'post.md'): string | undefined {
  return parseFile({ path, bytes: new TextEncoder().encode(text) }, context).article?.status
}

const body = '\nNobody is to read this yet. It has two sentences.\n'
const yaml = (...lines: string[]) =>
  `---\ntitle: Kept back\ndate: 2026-01-31\n${lines.join('\n')}\n---\n${body}`

describe('keys that keep an article back, as people write them', () => {
  test.each([
    ...[
      'true',
      'True',
      'TRUE',
      'yes',
      'Yes',
      'y',
      'on',
      '1',
      '"true"',
      "'yes'",
      '"true "',
      ' true  ',
      'true # for now',
    ],
    ...[
      'ja',
      'oui',
      'si',
      'sí',
      'sì',
      'да',
      'tak',
      'ano',
      'evet',
      'はい',
      '是',
      '예',
      'بله',
      'نعم',
      'हाँ',
      'sim',
      'kyllä',
      'wahr',
    ],
    ...[
      'x',
      '[x]',
      '2',
      '"1"',
      'maybe',
      'wip',
      'until June',
      '{ until: June }',
      '[true]',
      '✔',
      'true\t',
      '\u00a0true',
    ],
  ])('draft: %s', value => {
    expect(statusOf(yaml(`draft: ${value}`))).toBe('draft')
  })

  test.each([
    'Draft: true',
    'DRAFT: yes',
    'is_draft: true',
    'isDraft: true',
    '"draft": true',
    'draft : true',
    'wip: true',
    'unpublished: true',
    'publish: false',
    'publish: no',
    'published: no',
    'published: nein',
    'published: not yet',
    'published: "false"',
    'is-published: off',
    'dg-publish: false',
    'enabled: false',
    'status: draft',
    'status: WIP',
    'status: Draft 2 (pictures missing)',
    'status: [draft, idea]',
    'status: pending',
    'status: In progress',
    'status: in-review',
    'status: not ready',
    'status: 🌱 draft',
    'status: Entwurf',
    'status: brouillon',
    'post_status: auto-draft',
    'state: unpublished',
    'stage: wip',
    'params: { draft: true }',
    'params:\n  draft: true',
    'entwurf: ja',
    'status: nicht veröffentlicht',
    'review_status: pending',
    'type: draft',
    'ready: false',
    'approved: no',
    ...['status: hold', 'status: on-hold', 'status: On hold', 'status: embargoed', 'status: queued'],
    ...['status: gesperrt', 'status: withheld', 'stage: outline', 'unpublish: true', 'do_not_publish: yes'],
    ...['on-hold: true', 'hold: legal', 'under_embargo: true', 'pending: yes', 'withheld: 1', 'gesperrt: ja'],
  ])('%s: a draft', line => {
    expect(statusOf(yaml(line))).toBe('draft')
  })

  test.each([
    'private: true',
    'private: oui',
    'hidden: 1',
    'hide: true',
    'unlisted: yes',
    'status: private',
    'status: hidden',
    'visibility: private',
    'visibility: internal',
    'visibility: none',
    'public: false',
    'listed: no',
    'archived: true',
    ...[
      'online: false',
      'is_online: no',
      'visible: false',
      'isVisible: off',
      'active: false',
      'is-active: 0',
    ],
    ...['show: false', 'display: no', 'released: false', 'sichtbar: nein', 'offline: true', 'inactive: yes'],
    ...['disabled: true', 'invisible: 1', 'is_hidden: true'],
  ])('%s: unlisted', line => {
    expect(statusOf(yaml(line))).toBe('unlisted')
  })

  test.each(['members_only: true', 'premium: yes', 'subscribersOnly: 1'])('%s: paid', line => {
    expect(statusOf(yaml(line))).toBe('paid')
  })

  test.each(['password: tulip', 'password: 1234', 'visibility: protected', 'protected: yes'])(
    '%s: password',
    line => {
      expect(statusOf(yaml(line))).toBe('password')
    },
  )
})

describe('keys that do not', () => {
  test.each([
    ...[
      'draft: false',
      'draft: no',
      'draft: 0',
      'draft: off',
      'draft: nein',
      'draft: "false"',
      'draft:',
      'draft: ""',
      'draft: []',
    ],
    ...[
      'draft: done',
      'draft: ~',
      '# draft: true',
      'published: true',
      'published: 2026-01-30',
      'publish: yes',
      'status: published',
    ],
    ...[
      'status: evergreen',
      'type: review',
      'ready: yes',
      'archived: false',
      'status: publish',
      'state: Texas',
      'visibility: public',
      'private: false',
      'hidden: no',
      'active: true',
      'online: yes',
      'offline: false',
      'hold: no',
    ],
    // What these keys are also called by.
    ...['show: The Draft', 'display: block', 'status: planned', 'status: active', 'released: 1994'],
    ...['schedule: every Friday', 'available: in three sizes', 'release_date: 2030-01-01'],
    ...[
      'password: ""',
      'password: false',
      'hide: [toc]',
      'tags: [draft beer]',
      'category: Drafts',
      'access: everyone',
    ],
    ...['summary: |\n  draft: true', 'projects:\n  - status: draft'],
  ])('%s', line => {
    expect(statusOf(yaml(line))).toBe('published')
  })
})

describe('a line of the text that keeps it back', () => {
  const front = '---\ntitle: Kept back\ndate: 2026-01-31\n---\n'
  test.each([
    ['below front matter', `${front}draft: true\n${body}`],
    ['below front matter and a blank line', `${front}\nStatus: Draft\n${body}`],
    ['in a second front matter', `${front}\n---\ndraft: true\n---\n${body}`],
    ['in capitals', `${front}\n**DRAFT - DO NOT PUBLISH**\n${body}`],
    ...[
      ...[
        '**Status:** draft',
        '<!-- draft: true -->',
        'Embargo until 1 January 2030',
        '_Status_: Draft 2',
        '🚧 WIP 🚧',
      ],
      ...[
        '**Draft v2**',
        '<!-- DRAFT, do not publish -->',
        '<b>DRAFT</b>',
        '[Draft 2]',
        '> This is a draft.',
        'DR\u00adAFT',
      ],
      ...[
        'Entwurf – nicht veröffentlichen',
        'Ne pas publier !',
        '草稿',
        'Sperrfrist: 1. März 2030',
        'DRAFT: needs pictures',
      ],
      ...['Draft for review', 'NOT FOR PUBLICATION', 'Sous embargo jusqu’au 3 mars 2030', 'Status：草稿'],
      ...[
        'Embargoed until Monday',
        'Not for release before 3 March 2030',
        'Draft – 30 January 2026',
        'Entwurf vom 30. Januar 2026',
      ],
      ...[
        '| Status | draft |',
        'Status – draft',
        '#draft',
        'This release is strictly embargoed until 3 March 2030.',
        'Please do not publish this yet.',
      ],
    ].map((line): [string, string] => [line, `${front}\n${line}\n${body}`]),
  ])('%s', (_, text) => expect(statusOf(text)).toBe('draft'))

  test.each([
    ['below headline and date', `Ferry late\n\n31 January 2026\n\nDRAFT\n${body}`],
    ['as a state', `Ferry late\n\n31 January 2026\n\nStatus: Draft\n${body}`],
    ['above all', `EMBARGOED until 1 March 2030\n\nFerry late\n\n31 January 2026\n${body}`],
    ['before the headline', `DRAFT - Ferry late\n\n31 January 2026\n${body}`],
  ])('in page text: %s', (_, text) => expect(statusOf(text, 'post.txt')).toBe('draft'))

  const headed = (line: string) => `${line}\n\n31 January 2026\n${body}`
  test.each([
    ...['Draft: what the army wants', 'Entwurf: Mies van der Rohe', 'Pending: a poem of the sea'],
    ...['Members only: inside the club', 'Non publié : les carnets', 'On hold: the harbour plan'],
  ])('a headline of a page text: %s', line => expect(statusOf(headed(line), 'post.txt')).toBe('published'))
  test.each([
    'Draft: yes',
    'draft: until June comes',
    'DRAFT: needs two pictures',
    'Status: a draft of Ann’s',
    'Private: yes',
  ])('no headline of a page text: %s', line =>
    expect(statusOf(headed(line), 'post.txt')).not.toBe('published'),
  )

  test.each([
    ['a heading', `${front}\n## Draft\n${body}`],
    ['words behind a colon', `${front}\nDraft: a word of many meanings.\n${body}`],
    ...[
      ...[
        '`draft: true` is a key of front matter.',
        '*Draft* is a novel by nobody.',
        '[Draft horses](https://a.example/) are strong.',
      ],
      ...[
        'Embargo talks go on until spring.',
        'DRAFT DAY IS HERE',
        'Draft 2024 was the best.',
        'Unpublished letters were found.',
      ],
      ...[
        'NOT FOR RELEASE, PUBLICATION OR DISTRIBUTION IN THE UNITED STATES',
        'DRAFT NIGHT – The Lakers took a guard.',
        'Draft version 2 of the treaty was leaked on Monday.',
        'Do not publish: these words stood on the envelope.',
        'Embargo: 3 months. Fine: 4m.',
        '- Status: draft\n- Sponsor: the minister',
        'Draft only what you must.',
        '“Draft” is a word.',
        'draft beer, please',
        'Entwurf: Büro Hafen, 2026',
      ],
    ].map((line): [string, string] => [line, `${front}\n${line}\n${body}`]),
    ['a chapter', `# A\n\n31 January 2026\n\n## Draft\n${body}`],
    ['a word deep in the text', `${front}${body}\nOne.\n\nTwo.\n\nThree.\n\ndraft: true\n`],
  ])('not %s', (_, text) => expect(statusOf(text)).toBe('published'))
})

test('a page in one line is judged as one in several', () => {
  const page = (headline: string, break_: string) =>
    [
      `<!doctype html><html><head><title>${headline}</title>`,
      '<meta name="date" content="2026-01-31"></head><body>',
      `<h1>${headline}</h1>`,
      `<p>The house voted on Monday.</p><h2>Draft</h2><p>${body.trim()}</p></body></html>`,
    ].join(break_)
  const fates = (headline: string) =>
    ['', '\n'].map(between => statusOf(page(headline, between), 'post.html'))
  expect(fates('DRAFT LAW PASSED')).toEqual(['published', 'published'])
  expect(fates('DRAFT: law passed')).toEqual(['draft', 'draft'])
})

describe('what it is called keeps it back', () => {
  const called = (title: string, more = '') => `---\ntitle: ${title}\ndate: 2026-01-31\n${more}---\n${body}`
  test.each([
    '"[DRAFT] The harbour"',
    '"[draft] The harbour"',
    '"The harbour [WIP]"',
    '"(draft) The harbour"',
    '"The harbour (draft)"',
    '"DRAFT: The harbour"',
    'DRAFT – The harbour',
    '"WIP: The harbour"',
    '"ENTWURF: Der Hafen"',
    '"[brouillon] Le port"',
    '"BORRADOR: El puerto"',
    '【下書き】港',
    ...[
      '"DRAFT v2: A"',
      '"Draft v0.3: A"',
      '"[Draft 2] A"',
      '"[draft do not publish] A"',
      '"🚧 WIP: A"',
      'DRAFT A',
    ],
    ...[
      '"**DRAFT** A"',
      '"DO NOT PUBLISH: A"',
      '"NOT FOR PUBLICATION: A"',
      '"[UNPUBLISHED] A"',
      '"DRAFT\u200b: A"',
    ],
    ...[
      '「草稿」A',
      '"The harbour - draft 2"',
      '"The harbour, DRAFT"',
      '"The harbour DRAFT v0.3"',
      '"ＤＲＡＦＴ： The harbour"',
    ],
    ...[
      '"[EMBARGOED until 3 March] The harbour"',
      '"Embargoed until 3 March 2030: The harbour"',
      '"🚧 Draft The harbour"',
    ],
    ...[
      '"ENTWURF – Der Hafen"',
      '"ENTWURF Der Hafen"',
      '"NICHT VERÖFFENTLICHEN: Der Hafen"',
      '"Der Hafen (Entwurf, 2. Fassung)"',
    ],
    ...[
      '"(draft for review) The harbour"',
      '"_draft_ The harbour"',
      '"\u202eDRAFT\u202c - The harbour"',
      '"WORK IN PROGRESS | The harbour"',
    ],
    ...[
      '"DRAFT 2 of 3: The harbour"',
      '"[DRAFT 2026-01-31] The harbour"',
      '"【草稿】港"',
      '"НЕ ПУБЛИКОВАТЬ: Порт"',
      'Draft',
      '"{wip} The harbour"',
    ],
    ...[
      '"D R A F T: The harbour"',
      '"<b>DRAFT</b> The harbour"',
      '"ROUGH DRAFT: The harbour"',
      '"(rough draft) The harbour"',
    ],
    ...[
      '"Strictly embargoed until 3 March: The harbour"',
      '"DO NOT PUBLISH YET: The harbour"',
      '"EMBARGO 3 MARCH: The harbour"',
    ],
  ])('title: %s', title => expect(statusOf(called(title))).toBe('draft'))

  test.each([
    'tags: [draft]',
    'tags: [harbour, draft]',
    'tags: [harbour, wip]',
    'tags: ["[draft]", harbour]',
    'tags: ["#draft"]',
    'tags: [status/draft]',
    'tags: Draft',
    'category: draft',
    'categories: [WIP]',
    'category: Entwurf',
    'tags: [port, brouillon]',
    'tags: [puerto, borrador]',
  ])('%s', line => expect(statusOf(called('The harbour', `${line}\n`))).toBe('draft'))

  test.each([
    'harbour_draft.md',
    'draft.md',
    'a-DRAFT.md',
    'wip_harbour.md',
    'harbour wip.html',
    ...['a-draft-2.md', 'a-DRAFT-v2.md', 'Entwurf-a.md', '草稿-a.md', 'a_draft_2026-01-30.md', 'draft2-a.md'],
    ...[
      'a-do-not-publish.md',
      'a-brouillon-3.txt',
      'first-draft.md',
      'unpublished-a.md',
      'a - Entwurf v2.md',
    ],
    ...['blog/a-draft-2/index.md'],
  ])('%s', path => expect(statusOf(called('The harbour'), path)).toBe('draft'))

  test.each([
    [
      'a title about drafts',
      called('Draft beer in Dublin', 'tags: [beer, drafts]\n'),
      'draft-beer-in-dublin.md',
    ],
    [
      'a tag that its title speaks of',
      called('The NBA draft, pick by pick', 'tags: [nba, draft]\n'),
      'nba-draft.md',
    ],
    ['tags that have the word in them', called('Beer', 'tags: [draft beer, drafts, drafting]\n'), 'post.md'],
    ['a headline', called('"Draft: Cavaliers pick first"'), 'post.md'],
    ...[
      ...[
        'Draft beer in Dublin',
        'The NFL draft',
        'Draft-day trades',
        '"WIP: what it means"',
        'WIP limits explained',
      ],
      ...[
        '"Draft 2024: Cavaliers pick first"',
        '"The NBA (Draft 2024)"',
        '"Everything on the NBA DRAFT"',
        'DRAFT DAY TRADES',
      ],
      ...[
        '"Draft – Cavaliers pick first"',
        '"First draft of history"',
        '"The first draft: how a novel begins"',
        'Drafty houses',
      ],
      ...[
        '"Do not publish names, judge says"',
        '"Unpublished: letters of a poet"',
        '"Unpublished letters"',
        'Embargo',
      ],
      ...[
        '"Embargo on grain until spring"',
        '"The embargo, explained"',
        '"Arms embargo until 2030"',
        '"Der Entwurf"',
      ],
      ...[
        '"「下書き」の使い方"',
        '"初稿を書く"',
        '"초안 공개"',
        '"Drafts: a history of beer"',
        '"Wiped out"',
        '"Concept: a new port"',
      ],
      ...[
        '"Le brouillon de culture"',
        '"The draft (and what comes next)"',
        '"[Video] The NFL draft"',
        '"Draft board opens"',
      ],
      ...[
        ...[
          '"Embargoed until Friday, leaked on Thursday"',
          '"Embargo until 2030 for combustion engines"',
          '"Under embargo: how science journals control news"',
          '"Do not publish: inside a censor\'s office"',
          '"Not for publication: Orwell\'s lost diaries"',
          '"Work in progress: the Sagrada Família at 144"',
          '"Draft 2: Leeds pick again"',
          'Draft No. 4',
          '"draft-ietf-quic-multipath: what it changes"',
          '"[Draft Day] Live"',
          'Climate pact – draft',
        ],
        ...[
          '"Entwurf: Mies van der Rohe"',
          '"Brouillon: Flaubert au travail"',
          '"Borrador: así nace una ley"',
          '"Rascunho: os cadernos de Pessoa"',
          '"Szkic: portret Witkacego"',
          '"Sperrfrist: Wann Vereine Spieler sperren"',
          '"下書き:太宰治の原稿"',
          '"草稿:张爱玲遗稿首次公开"',
          'DRAFT LAW PASSED',
        ],
        'Final draft',
        '"Do not publish, court tells paper"',
        '"Embargo 2026: the year in oil"',
        '"A B C of drafts"',
      ],
    ].map((title): [string, string, string] => [`a headline: ${title}`, called(title), 'post.md']),
    ...[
      'nba-draft-2024.md',
      'embargo-on-grain.md',
      'drafty-houses.md',
      'wiped-out.md',
      'conceptual-a.md',
      'overdraft.md',
      'nba-draft.md',
      'draft-night-lakers.md',
      'draft-beer-dublin.md',
      'max-draft-14m.md',
      'borrador-renta-2026.md',
      '草稿展.md',
      'draft-harbour/index.md',
      'nba/draft-2026/utah.md',
      'nfl/draft/x.md',
      'city/trash/collection.md',
    ].map((path): [string, string, string] => [`a name: ${path}`, called('The harbour'), path]),
    ['a section', called('Utah picks first', 'section: Draft\n'), 'post.md'],
    ['a word in the middle', called('A look at the draft (again)'), 'post.md'],
    ['a design in German', called('Der Entwurf', 'tags: [Architektur, Entwurf]\n'), 'post.md'],
    ['horses', called('Draft-dodging horses'), 'post.md'],
    ['a plain no', called('"[DRAFT] The harbour"', 'draft: false\ntags: [draft]\n'), 'draft-harbour.md'],
    ['a plain yes', called('"The harbour (draft)"', 'published: true\n'), 'harbour-draft.md'],
    ['a status', called('The harbour', 'status: published\ntags: [wip]\n'), 'post.md'],
  ])('not %s', (_, text, path) => expect(statusOf(text, path)).toBe('published'))

  test('where it is said, and what can be done', () => {
    const text = called('The harbour', 'tags: [harbour, draft]\n')
    const { diagnostics } = parseFile({ path: 'post.md', bytes: new TextEncoder().encode(text) }, context)
    expect(diagnostics.filter(({ code }) => code === 'draft-uncertain')).toMatchObject([
      {
        line: 4,
        message: 'By its tag ("draft") this may be a draft: it is withheld.',
        hint: expect.stringContaining('`draft: false`'),
      },
    ])
  })
})

describe('every word, in every mark, at every place', () => {
  const hasCase = (word: string) => word.toUpperCase() !== word
  const marks: ((word: string) => string)[] = [
    ...[
      '[%]',
      '(%)',
      '【%】',
      '［%］',
      '{%}',
      '**%**',
      '__%__',
      '「%」',
      '* [%] *',
      '🚧 %:',
      '⚠️ [%]',
      '% v2:',
      '[% 2]',
    ].map(form => (word: string) => form.replace('%', word)),
    ...[
      '% v0.3 –',
      '(% 2)',
      '[%, pictures missing]',
      '%: v2 -',
      '【% 3】',
      '\u200b[%]',
      '\u2068%\u2069 v2:',
      '[%] [%]',
      '🚧🚧 % 🚧',
    ].map(form => (word: string) => form.replaceAll('%', word)),
    word => `[${[...word].join('\u200b')}]`,
    word => `[${word.normalize('NFD')}]`,
    // Where there are no capitals, `下書き:太宰治の原稿` is a headline.
    word => (hasCase(word) ? `${word.toUpperCase()}:` : `[${word}]`),
    word => (hasCase(word) ? `${word.toUpperCase()} -` : `[${word}]`),
    word => `${word.toUpperCase()} v2`,
    word => `[${word.toUpperCase()} – DO NOT PUBLISH]`,
  ]
  const words = [...plainDraftWords, ...unpublishedWords, ...notYetPhrases]
  const leaks = (form: (mark: string) => [text: string, path: string]) =>
    words.flatMap(word =>
      marks.flatMap(mark => {
        const [text, path] = form(mark(word))
        return statusOf(text, path) === 'draft' ? [] : [JSON.stringify(text.slice(0, 80))]
      }),
    )
  const titled = (title: string) => `---\ntitle: ${JSON.stringify(title)}\ndate: 2026-01-31\n---\n${body}`
  test.each<[string, (mark: string) => [string, string]]>([
    ['in front of a title', mark => [titled(`${mark} The harbour opens`), 'post.md']],
    ['in front of a title of another script', mark => [titled(`${mark} 港が開く`), 'post.md']],
    [
      'in front of a headline',
      mark => [`# ${mark} The harbour opens\n\n31 January 2026\n${body}`, 'post.md'],
    ],
    [
      'in front of a page’s title',
      mark => [
        `<title>${mark} The harbour opens</title><meta name="date" content="2026-01-31"><p>${body}</p>`,
        'post.html',
      ],
    ],
    [
      'alone in the first line',
      mark => [`---\ntitle: A\ndate: 2026-01-31\n---\n\n${mark}\n${body}`, 'post.md'],
    ],
    [
      'alone in what a page shows first',
      mark => [
        `<!doctype html>\n<html>\n<head>\n<title>A</title>\n<meta name="date" content="2026-01-31">\n</head>\n<body><main><h1>A</h1><p><b>${mark.replaceAll('<', '&lt;')}</b></p><p>${body}</p></main></body></html>`,
        'post.html',
      ],
    ],
    [
      'alone above a page of text',
      mark => [`${mark}\n\nThe harbour opens\n\n31 January 2026\n${body}`, 'post.txt'],
    ],
  ])('%s', (_, form) => expect(leaks(form)).toEqual([]))

  test('in names of files', () => {
    const forms = ['%-a', 'a-%', 'a-%-2', 'a_%_v2', '% a', 'a %', '2026-01-31-%-a', 'a.%', '%2-a'].map(
      form => (word: string) => form.replace('%', word),
    )
    const names = [...plainDraftWords, ...unpublishedWords].flatMap(word =>
      forms
        .flatMap(form => [form(word), form(word.toUpperCase()), form(word.replaceAll(' ', '-'))])
        .filter(name => !/(?<!_)(?:draft|borrador)(?![-_]?v?\d)/.test(name)),
    )
    expect(names.filter(name => statusOf(titled('The harbour'), `${name}.md`) !== 'draft')).toEqual([])
  })
})

test.each([
  'draft-harbour.md',
  'harbour-draft.md',
  'draft/harbour.md',
  'draft-2026/harbour.md',
  'trash/harbour.md',
])('a bare word keeps back what has no date: %s', path => {
  const lines = ['---', 'title: The harbour', 'date: 2026-01-31', '---', body]
  expect(statusOf(lines.join('\n'), path)).toBe('published')
  expect(statusOf(lines.toSpliced(2, 1).join('\n'), path)).toBe('draft')
})

describe('a merge that nobody has settled', () => {
  const front = '---\ntitle: Kept back\ndate: 2026-01-31\n---\n'
  const sides = (one: string, other: string) => `<<<<<<< HEAD\n${one}\n=======\n${other}\n>>>>>>> branch\n`
  test.each([
    ['in the text', `${front}${body}\n${sides('Two boats left.', 'Three boats left.')}`],
    ['in front matter', `---\n${sides('title: One', 'title: Two')}date: 2026-01-31\n---\n${body}`],
    ['with what both came from', `${front}${body}\n<<<<<<< a\nA\n||||||| b\nB\n=======\nC\n>>>>>>> c\n`],
    ['without names', `${front}${body}\n<<<<<<<\nA\n=======\nB\n>>>>>>>\n`],
    [
      'with a block of code on either side',
      `${front}${body}\n${sides('```js\na()\n```', '```js\nb()\n```')}`,
    ],
    ['in how a block of code begins', `${front}${body}\n${sides('```js', '```ts')}a()\n\`\`\`\n`],
    ['in how one ends', `${front}${body}\n\`\`\`\na()\n${sides('```', 'b()\n```')}`],
    ['in a block of code that nothing closes', `${front}${body}\n\`\`\`\n${sides('A', 'B')}`],
    [
      'between two blocks of code',
      `${front}${body}\n\`\`\`\na\n\`\`\`\n${sides('A', 'B')}\`\`\`\nb\n\`\`\`\n`,
    ],
    ['in an item of a list', `${front}${body}\n- One.\n${sides('Two.', 'Three.').replaceAll(/^/gm, '  ')}`],
    ['as an item of a list', `${front}${body}\n1. ${sides('Two.', 'Three.').replaceAll('\n', '\n   ')}\n`],
    [
      'of Jujutsu',
      `${front}${body}\n<<<<<<< Conflict 1 of 1\n%%%%%%% Changes\n-A\n+B\n+++++++ Contents\nC\n>>>>>>> Conflict 1 of 1 ends\n`,
    ],
  ])('%s', (_, text) => {
    expect(statusOf(text)).toBe('draft')
    expect(statusOf(text.replaceAll('\n', '\r\n'))).toBe('draft')
  })
  test('in a page, and in page text', () => {
    const page = `<title>Kept back</title><meta name="date" content="2026-01-31">\n<p>Boats.</p>\n${sides('<p>Two.</p>', '<p>Three.</p>')}`
    expect(statusOf(page, 'post.html')).toBe('draft')
    expect(statusOf(`Kept back\n\n31 January 2026\n${body}\n${sides('Two.', 'Three.')}`, 'post.txt')).toBe(
      'draft',
    )
  })
  test.each([
    ['an article that shows one', `${front}${body}\n\`\`\`\n${sides('A', 'B')}\`\`\`\n`],
    ['one of its lines', `${front}${body}\nHeading\n=======\n\n>>>>>>> quoted\n`],
    ['in another order', `${front}${body}\n>>>>>>> a\n=======\n<<<<<<< b\n`],
    [
      'one in a block of code with words behind the first fence',
      `${front}${body}\n~~~diff\n${sides('A', 'B')}~~~\n`,
    ],
    ['one in a longer fence', `${front}${body}\n\`\`\`\`\n${sides('```', 'B')}\`\`\`\`\n`],
    ['one that is code by its indentation', `${front}${body}\n${sides('A', 'B').replaceAll(/^/gm, '    ')}`],
    [
      'one in a block of code in a list',
      `${front}${body}\n- One.\n\n${`\`\`\`\n${sides('A', 'B')}\`\`\``.replaceAll(/^/gm, '  ')}\n`,
    ],
    [
      'its first line, and a whole one as code',
      `${front}${body}\n<<<<<<< a\n\n\`\`\`\n${sides('A', 'B')}\`\`\`\n`,
    ],
    ['longer lines', `${front}${body}\n<<<<<<<< a\n========\n>>>>>>>> b\n`],
  ])('not %s', (_, text) => expect(statusOf(text)).toBe('published'))
})

describe('a day from which on it may be seen, beside its date', () => {
  const articleIn = (name: Preset['name'], text: string) => {
    const site = { ...context.site, preset: { ...context.site.preset, name } }
    const bytes = new TextEncoder().encode(text)
    return parseFile({ path: 'post.md', bytes }, { ...context, site }).article
  }
  const dateIn = (name: Preset['name']) => (text: string) => articleIn(name, text)?.published?.local
  const dateOf = dateIn('plain')
  test.each(['broadsheet', 'none'] as const)('where settings of ours are: %s', name => {
    expect(dateIn(name)(yaml('embargo: 2030-01-01'))).toBe('2030-01-01T00:00:00')
  })
  test.each(['ghost', 'wordpress', 'notion', 'buttondown', 'feed'] as const)('beside an export: %s', name => {
    expect(dateIn(name)(yaml('embargo: 2030-01-01'))).toBe('2030-01-01T00:00:00')
    expect(articleIn(name, yaml('embargo: until further notice'))?.status).toBe('draft')
  })
  test('where another system reads the folder, its order of keys is the rule', () => {
    expect(dateIn('astro')(yaml('embargo: 2030-01-01'))).toBe('2026-01-31T00:00:00')
  })
  test.each([
    ...['publishDate', 'publish_on', 'embargo', 'not_before', 'go_live', 'scheduled', 'published'],
    ...['published_at', 'publication-date', 'datePublished', 'pubDatetime', 'embargo_ends', 'hold until'],
    ...['Sperrfrist', 'gesperrt bis', 'veröffentlichen am', 'visible_from', 'available from', 'release_at'],
    ...['publier le', 'embargo hasta', '解禁日時'],
  ])('%s', key => {
    expect(dateOf(yaml(`${key}: 2030-01-01`))).toBe('2030-01-01T00:00:00')
    expect(dateOf(yaml(`${key}: 2020-01-01`))).toBe('2026-01-31T00:00:00')
  })
})

describe('front matter that is not where or how it should be', () => {
  const block = '---\ntitle: Kept back\ndraft: true\n---\n'
  test.each([
    ['a blank line above it', `\n${block}${body}`],
    ['several, with spaces', `\n  \n\t\n${block}${body}`],
    ['a byte order mark', `\ufeff${block}${body}`],
    ['two byte order marks', `\ufeff\ufeff${block}${body}`],
    ['a byte order mark and a blank line', `\ufeff\n${block}${body}`],
    ['a zero-width space', `\u200b${block}${body}`],
    ['CRLF and a blank line', `\r\n${block.replaceAll('\n', '\r\n')}${body}`],
    ['a comment above it', `<!-- prettier-ignore -->\n${block}${body}`],
    ['a comment of several lines and a blank line', `<!--\nLicence\n-->\n\n${block}${body}`],
    ['a comment with dashes in it', `<!--\n---\n-->\n${block}${body}`],
    ['spaces before every line', `${block.replaceAll(/^/gm, '  ')}${body}`],
    ['a space before the first line alone', ` ${block}${body}`],
    ['TOML below a blank line', `\n+++\ntitle = "Kept back"\ndraft = true\n+++\n${body}`],
    ['JSON below a blank line', `\n{\n  "title": "Kept back",\n  "draft": true\n}\n${body}`],
    ['headers below a blank line', `\nTitle: Kept back\nStatus: draft\n\n${body}`],
    ['headers that begin with the status', `Draft: yes\nTitle: Kept back\n\n${body}`],
    ['a status alone', `Status: private\n\n${body}`],
    ['a colon without space', `---\ntitle: Kept back\ndraft:true\n---\n${body}`],
    ['nothing but a colon without space', `---\ndraft:true\n---\n${body}`],
    ['a full-width colon', `---\ntitle: Kept back\ndraft：true\n---\n${body}`],
    ['an equals sign in YAML', `---\ntitle: Kept back\ndraft = true\n---\n${body}`],
    ['a colon in TOML', `+++\ntitle = "Kept back"\ndraft: true\n+++\n${body}`],
    ['indented below the title', `---\ntitle: Kept back\n  draft: true\n---\n${body}`],
    ['a list of keys', `---\n- title: Kept back\n- draft: true\n---\n${body}`],
    ['twice, and the last says no', `---\ndraft: true\ntitle: Kept back\ndraft: false\n---\n${body}`],
    ['smart quotes', `---\n“title”: Kept back\n“draft”: true\n---\n${body}`],
    ['an unclosed quotation mark', `---\ntitle: "Kept back\ndraft: true\n---\n${body}`],
    ['a tab', `---\ntitle:\tKept back\n\tdraft: true\n---\n${body}`],
    ['never closed', `---\ntitle: Kept back\ndraft: true\n\n${body}`],
    ['never closed, without space', `---\ntitle: Kept back\ndraft:true\n\n${body}`],
    ['four dashes', `----\ntitle: Kept back\ndraft: true\n----\n${body}`],
    ['two dashes', `--\ntitle: Kept back\ndraft: true\n--\n${body}`],
    ['an em dash', `—\ntitle: Kept back\ndraft: true\n—\n${body}`],
    ['an en and an em dash', `—-\ntitle: Kept back\ndraft: true\n—-\n${body}`],
    ['a name behind the dashes', `--- yaml\ntitle: Kept back\ndraft: true\n---\n${body}`],
    ['a code fence', `\`\`\`yaml\ntitle: Kept back\ndraft: true\n\`\`\`\n${body}`],
    ['semicolons', `;;;\n"title": "Kept back",\n"draft": true\n;;;\n${body}`],
    ['JSON with a comma too many', `{\n  "title": "Kept back",\n  "draft": true,\n}\n${body}`],
    ['JSON on one line with a comma too many', `{"title": "Kept back", "draft": true,}\n${body}`],
    ['JSON in single quotes', `{'title': 'Kept back', 'draft': true}\n${body}`],
    ['a comment', `<!-- draft: true -->\n${body}`],
    ['a comment of several lines', `<!--\nstatus: draft\n-->\n# Kept back\n${body}`],
    ['no delimiters at all', `title: Kept back\ndate: 2026-01-31\ndraft: true\n\n${body}`],
    ['the word alone', `DRAFT\n\n# Kept back\n${body}`],
    ['the word as a heading', `# Draft\n${body}`],
    ['the word in brackets', `[WIP]\n\n# Kept back\n${body}`],
    ['a sentence of its own', `*** NOT FOR PUBLICATION ***\n\n# Kept back\n${body}`],
  ])('%s', (_, text) => {
    expect(statusOf(text)).not.toBe('published')
    expect(statusOf(text.replace(/^---$/gm, '---'), 'post.html')).not.toBe('published')
    expect(statusOf(text, 'post.txt')).not.toBe('published')
  })

  test('what it says is read, at the lines where it stands', () => {
    const { article } = parseFile(
      { path: 'post.md', bytes: new TextEncoder().encode(`\n<!-- x -->\n${block}${body}`) },
      context,
    )
    expect([article?.title, article?.fields.title?.line, article?.html]).toEqual([
      'Kept back',
      4,
      `<p>${body.trim()}</p>`,
    ])
  })
})

describe('what only looks like it', () => {
  test.each([
    ['rules around a text', `\n---\nA sentence between two rules.\n---\n${body}`],
    ['rules around a note', `\n---\nNote: this was written in a hurry.\n---\n${body}`],
    ['a dialogue', `Ann: Is the draft ready?\nBen: No.\n\n${body}`],
    ['a text about drafts', `# Drafts\n\nDraft: true is what people write.\n${body}`],
    ['code further down', `# Front matter\n\n\`\`\`yaml\ndraft: true\n\`\`\`\n${body}`],
  ])('%s', (_, text) => {
    expect(statusOf(text)).toBe('published')
  })
})

describe('paths that keep an article back', () => {
  const text = `---\ntitle: Post\ndate: 2026-01-31\n---\n${body}`
  test.each([
    ...[
      'drafts/post.md',
      '_drafts/post.md',
      'Drafts/2026/post.md',
      'blog/drafts/post.md',
      'private/post.md',
      '_private/post.txt',
    ],
    ...['unpublished/post.md', 'Entwürfe/post.md', 'Entwu\u0308rfe/post.md', 'brouillons/post.html'],
    'post (conflicted copy 2026-01-31).md',
    "post (Broadsheet's conflicted copy 2026-01-31).md",
    'post (conflicted copy 2026-01-31 120102).md',
    'post (Case Conflict 2026-01-31 copy).md',
    'post (In Konflikt stehende Kopie von Broadsheet 2026-01-31).md',
    'post (Copie en conflit de Broadsheet 2026-01-31).md',
    'post (copia en conflicto de Broadsheet 2026-01-31).md',
    'post (конфликтная копия 2026-01-31).md',
    'post (競合コピー 2026-01-31).md',
    'post.sync-conflict-20260131-120102-ABCDEFG.md',
    'post_conflict-20260131-120102.md',
    'post-DESKTOP-AB12CD3.md',
    'post_BACKUP_12345.md',
    'post.LOCAL.12345.md',
    'post.orig.md',
    'post.bak.md',
    'post~.md',
    '~$post.html',
    'post.draft.md',
    '_draft.md',
    '[draft] post.md',
    'post (WIP).md',
    'DRAFT post.md',
    'WIP-post.md',
    ...['_draft/post.md', '_trash/post.md'],
    ...['work-in-progress/post.md', '00_drafts/post.md', 'drafts-2026/post.md', 'brouillon/post.md'],
    'post.wip.md',
  ])('%s', path => {
    expect(statusOf(text, path)).toBe('draft')
  })

  test.each([
    'the-nfl-drafts/post.md',
    'draft/post.md',
    'draft-2026/post.md',
    'trash/post.md',
    'sudan (conflict explained).md',
    'the-conflict-2026.md',
    'a-conflict-of-interest.md',
    'old.md',
    'backup.md',
    'post (1).md',
    'private-lives.md',
    'notes/my-desktop.md',
  ])('%s does not', path => {
    expect(statusOf(text, path)).toBe('published')
  })
})

describe('front matter that says `draft: false` overrules every guess', () => {
  const front = (title: string, more: string) => `---\ntitle: ${title}\ndate: 2026-01-31\n${more}\n---\n`
  test.each([
    ['a line in capitals', `${front('A', 'draft: false')}\nDRAFT\n${body}`, 'post.md'],
    ['a state', `${front('A', 'published: true')}\n**Status:** draft\n${body}`, 'post.md'],
    ['a comment above', `<!-- draft: true -->\n${front('A', 'draft: false')}${body}`, 'post.md'],
    ['what a page shows', `${front('A', 'draft: false')}<p><b>DRAFT</b></p><p>${body}</p>`, 'post.html'],
    ...[
      'drafts/a.md',
      '_drafts/a.md',
      'trash/a.md',
      'draft-2026/a.md',
      'DRAFT-a.md',
      'a.draft.md',
      'a-wip.md',
    ].map((path): [string, string, string] => [path, `${front('A', 'draft: false')}${body}`, path]),
  ])('%s', (_, text, path) => expect(statusOf(text, path)).toBe('published'))

  test.each([
    ['another key of it', `${front('A', 'draft: false\nstatus: draft')}${body}`, 'post.md'],
    ['a merge', `${front('A', 'draft: false')}\n<<<<<<< a\nA\n=======\nB\n>>>>>>> b\n`, 'post.md'],
    [
      'a copy that a program made',
      `${front('A', 'draft: false')}${body}`,
      'a (conflicted copy 2026-01-31).md',
    ],
    ['the name of another key', `${front('A', 'comments: false')}${body}`, 'drafts/a.md'],
  ])('but not %s', (_, text, path) => expect(statusOf(text, path)).toBe('draft'))

  test.each([
    ['drafts/a.md', `${front('A', 'tags: [b]')}${body}`],
    ['a-wip.md', `${front('A', 'tags: [b]')}${body}`],
    ['a.md', `${front('A', 'tags: [b]')}\nDRAFT\n${body}`],
  ])('which is the cure that is told: %s', (path, text) => {
    const { diagnostics } = parseFile({ path, bytes: new TextEncoder().encode(text) }, context)
    expect(diagnostics.filter(({ code }) => code.startsWith('draft-'))).toMatchObject([
      { hint: expect.stringContaining('`draft: false`') },
    ])
  })
})

test('a head of any length is looked through in no time', () => {
  const heads = [
    '\n'.repeat(400_000),
    '<!--'.repeat(100_000),
    '{'.repeat(400_000),
    `---\n${'a: {b\n'.repeat(60_000)}`,
    `{${'"a": "b", '.repeat(40_000)}`,
    ' '.repeat(400_000),
    `--- ${'-'.repeat(400_000)}`,
  ]
  for (const text of heads) {
    const before = process.cpuUsage()
    statusOf(`${text}x`, 'post.txt')
    const { user } = process.cpuUsage(before)
    expect([text.slice(0, 10), user / 1000 < 1500 ? 'quick' : user]).toEqual([text.slice(0, 10), 'quick'])
  }
})

describe('what an HTML page says to programs', () => {
  const page = (head: string) =>
    `<html lang="en"><head><title>Ferry late</title><meta name="date" content="2020-01-01">${head}</head><body><article><h1>Ferry late</h1><p>Nobody is to read this.</p></article></body></html>`
  const data = (...objects: object[]) =>
    page(objects.map(one => `<script type="application/ld+json">${JSON.stringify(one)}</script>`).join(''))
  const article = { '@type': 'NewsArticle', headline: 'Ferry late', datePublished: '2020-01-01' }

  test.each([
    ['not free', data({ ...article, isAccessibleForFree: false })],
    ['not free, as a text', data({ ...article, isAccessibleForFree: 'False' })],
    ['not free, the page', data(article, { '@type': 'WebPage', isAccessibleForFree: false })],
    ['not free, before its article', data({ '@type': 'WebPage', isAccessibleForFree: false }, article)],
    ['not free, as microdata', page('<meta itemprop="isAccessibleForFree" content="False">')],
    ['locked', page('<meta property="article:content_tier" content="locked">')],
    ['for members', page('<meta name="visibility" content="members">')],
  ])('%s', (_, html) => expect(statusOf(html, 'post.html')).toBe('paid'))

  test.each([
    ['published', page('<meta name="published" content="false">'), 'draft'],
    ['visibility', page('<meta name="visibility" content="private">'), 'unlisted'],
    ['access', page('<meta name="access" content="private">'), 'unlisted'],
  ])('%s', (_, html, status) => expect(statusOf(html, 'post.html')).toBe(status))

  test.each([
    ['meta', page('<meta property="article:expiration_time" content="2020-02-01T00:00:00Z">')],
    ['JSON-LD', data({ ...article, expires: '2020-02-01' })],
  ])('until when, in %s', (_, html) => {
    const { article: read } = parseFile({ path: 'post.html', bytes: new TextEncoder().encode(html) }, context)
    expect(read?.expires?.local).toBe('2020-02-01T00:00:00')
  })

  test.each([
    ['free', data({ ...article, isAccessibleForFree: true, hasPart: { isAccessibleForFree: false } })],
    ['free, as a text', data({ ...article, isAccessibleForFree: 'True' })],
    [
      'its own word before its page’s',
      data({ ...article, isAccessibleForFree: true }, { '@type': 'WebPage', isAccessibleForFree: false }),
    ],
    ['metered', page('<meta property="article:content_tier" content="metered">')],
    ['a day', page('<meta name="published" content="2020-01-01">')],
    [
      'for everybody',
      page('<meta name="visibility" content="public"><meta name="published" content="true">'),
    ],
  ])('not %s', (_, html) => expect(statusOf(html, 'post.html')).toBe('published'))
})

describe('a part of a page that is paid for, as it tells search engines', () => {
  const page = (said: object, body: string) =>
    `<html lang="en"><head><title>Ferry late</title><script type="application/ld+json">${JSON.stringify({ '@type': 'NewsArticle', headline: 'Ferry late', datePublished: '2020-01-01', ...said })}</script></head><body><article><h1>Ferry late</h1><p>The first words.</p>${body}<p>The last words.</p></article></body></html>`
  const part = (cssSelector?: unknown) => ({
    '@type': 'WebPageElement',
    isAccessibleForFree: 'False',
    cssSelector,
  })
  const read = (html: string) =>
    parseFile({ path: 'post.html', bytes: new TextEncoder().encode(html) }, context)

  test.each([
    [
      'a class',
      part('.paywall'),
      '<div class="x Paywall"><p>Hidden.</p><p class="paywall">Hidden.</p></div>',
    ],
    ['an id', part('#rest'), '<section id="rest"><p>Hidden.</p></section>'],
    [
      'an element and several',
      [part('div.paywall.a, #b')],
      '<div class="paywall a">Hidden.</div><p id="b">Hidden.</p>',
    ],
    ['two parts', [part('.a'), part(['.b'])], '<p class="a">Hidden.</p><p class="b">Hidden.</p>'],
  ])('%s', (_, hasPart, body) => {
    for (const isAccessibleForFree of [true, undefined]) {
      const { article, diagnostics } = read(page({ isAccessibleForFree, hasPart }, body))
      expect(article).toMatchObject({ status: 'published', text: 'The first words.\n\nThe last words.' })
      expect(diagnostics).toContainEqual(expect.objectContaining({ code: 'html-hidden', line: 1 }))
    }
  })

  test.each([
    ['nobody can tell which', part('article > p:nth-child(2)')],
    ['it is not there', part('.gone')],
    ['it is not said which', part()],
    ['it is all of it', part('article')],
  ])('%s: the page is withheld', (_, hasPart) => {
    expect(read(page({ hasPart }, '')).article?.status).toBe('paid')
  })

  test('a page whose text is within it', () => {
    const html = page({ hasPart: part('.paywall'), isAccessibleForFree: true }, '').replace(
      '<article>',
      '<article class="paywall">',
    )
    expect(read(html).article?.status).toBe('paid')
  })
})

describe('a part that its own system hides', () => {
  const eleventy = {
    ...context.site.preset,
    name: 'eleventy' as const,
    markup: { family: 'eleventy' as const, values: {}, includes: {} },
  }
  const textOf = (text: string, path: string, preset: Preset = context.site.preset) =>
    parseFile(
      { path, bytes: new TextEncoder().encode(`${yaml().replace(body, '')}${text}`) },
      { ...context, site: { ...context.site, preset } },
    ).article?.text

  test.each([
    '<p style={{display: "none"}}>Hidden.</p>',
    "<p style={{ color: 'red', display: 'none' }}>Hidden.</p>",
    "<p className='a' style={{visibility: 'hidden'}}>Hidden.</p>",
    '<p hidden={true}>Hidden.</p>',
    '<p hidden={isHidden}>Hidden.</p>',
    '<p hidden>Hidden.</p>',
    '<Note hidden={true}>Hidden.</Note>',
  ])('in MDX: %s', part => expect(textOf(`One.\n\n${part}\n\nTwo.\n`, 'post.mdx')).toBe('One.\n\nTwo.'))
  test.each([
    '<p hidden={false}>Shown.</p>',
    '<p style={{display: "block"}}>Shown.</p>',
    '<p title={"hidden"}>Shown.</p>',
  ])('not in MDX: %s', part =>
    expect(textOf(`One.\n\n${part}\n\nTwo.\n`, 'post.mdx')).toBe('One.\n\nShown.\n\nTwo.'),
  )

  test.each(['{#- Hidden -#}', '{#- Hidden #}', '{#Hidden#}', '{# Hidden -#}', '{#-\nHidden\n-#}'])(
    'a remark of Nunjucks: %s',
    part => {
      expect(textOf(`One.\n\nTwo${part}\n`, 'post.md', eleventy)).toBe('One.\n\nTwo')
      expect(textOf(`<p>One.</p><div>\n\n    ${part}</div>`, 'post.html', eleventy)).toBe('One.')
    },
  )
  test('not what names a heading', () =>
    expect(textOf('One.\n\n## Two {#two}\n\nThree #}.\n', 'post.md', eleventy)).toContain('Three #}.'))

  test.each([
    'display:/**/none',
    'display/* a */:/* b */ none',
    'dis\\70 lay:none',
    'color:red;/**/display:none',
  ])('a style: %s', style =>
    expect(textOf(`One.\n\n<p style="${style}">Hidden.</p>\n`, 'post.md')).toBe('One.'),
  )
  test('not a style whose comment says so', () =>
    expect(textOf('One.\n\n<p style="/* display:none */">Two.</p>\n', 'post.md')).toBe('One.\n\nTwo.'))
})

describe('a day that cannot be read', () => {
  const limits = [
    'embargo: soon',
    'embargo: true',
    'embargo: ja',
    'published: tomorrow',
    'publish_date: next week',
  ]
  test.each([
    ...limits,
    'not-before: {a: 1}',
    'expires: soon',
    'expiryDate: 2026-02-31',
    'embargo_until: TBD',
  ])('%s', line => {
    const bytes = new TextEncoder().encode(yaml(line))
    const { article, diagnostics } = parseFile({ path: 'post.md', bytes }, context)
    expect(article?.status).toBe('draft')
    const isSwitch = /: (?:true|ja)$/.test(line)
    expect(diagnostics.some(({ code }) => code === 'draft-uncertain')).toBe(!isSwitch)
  })
  test.each([
    'embargo: false',
    'embargo: no',
    'embargo:',
    'expires: never',
    'published: true',
    'published: 2026-01-30',
    'scheduled: true',
  ])('not %s', line => expect(statusOf(yaml(line))).toBe('published'))
})

describe('behind the head of a page text', () => {
  const page = (line: string) =>
    `Harbour expands again\n\n12 March 2026\n\nBy Ann Lee\n\n${line}\n\nThe harbour will be expanded by two docks next year, the city said on Monday.\n\nMore of it follows here, in a second paragraph.\n`
  test.each(['Draft', 'Entwurf', '(draft)', 'draft', 'Draft 2', 'Not for publication'])('%s', line => {
    const bytes = new TextEncoder().encode(page(line))
    const { article, diagnostics } = parseFile({ path: 'post.txt', bytes }, context)
    expect(article?.status).toBe('draft')
    expect(diagnostics.find(({ code }) => code === 'draft-uncertain')?.line).toBe(7)
  })
  test.each(['Docks', 'Draft beer in the harbour', 'Draft: Cavaliers pick first'])('not %s', line =>
    expect(statusOf(page(line), 'post.txt')).toBe('published'),
  )
})

describe('what a list of attributes hides', () => {
  const textOf = (part: string) => {
    const text = `---\ntitle: A\ndate: 2026-01-31\n---\n\nOne.\n\n${part}\n\nTwo.\n`
    const read = parseFile({ path: 'post.md', bytes: new TextEncoder().encode(text) }, context)
    return [read.article?.text, read.diagnostics.some(({ code }) => code === 'markup-foreign')]
  }
  test.each([
    'Hidden.\nHidden.\n{: style="display:none"}',
    'Hidden.\n{: .a hidden="hidden"}',
    '{: style="color: red; visibility: hidden"}\nHidden.',
    '*Hidden.*{: hidden="hidden"}',
    '{:quiet: style="display:none"}\n\nHidden.\n{: quiet}',
    'Hidden.\n{: .wide quiet #a}\n\n{:quiet: hidden="hidden"}',
    '- Hidden.\n\n- Hidden.\n\n  Hidden.\n{: style="display:none"}',
    '1. Hidden.\n2. Hidden.\n{: hidden="hidden"}',
    '~~~\nhidden\n\nhidden\n~~~\n{: style="display:none"}',
    '{: style="display:none"}\n```\nhidden\n\nhidden\n```',
    '> Hidden.\n>\n> Hidden.\n{: style="display:none"}',
  ])('%s', part => expect(textOf(part)).toEqual(['One.\n\nTwo.', true]))
  test.each([
    'Shown.\n{: style="display:block"}',
    'Shown.\n{: .hidden}',
    'Shown.\n{: .quiet}\n\n{:quiet: style="display:none"}',
    'Shown.\n{: loud}\n\n{:quiet: style="display:none"}\n{:loud: .big}',
  ])('not %s', part => expect(textOf(part)).toEqual(['One.\n\nShown.\n\nTwo.', true]))
})
