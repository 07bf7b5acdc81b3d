import { describe, expect, test } from 'vitest'
import { addressFilters } from '../../src/text/address-filters.ts'
import { isForeignPattern, permalinkDialects } from '../../src/text/permalink-dialects.ts'
import { fillPermalink, isPermalinkPattern, type PermalinkFacts } from '../../src/text/permalink-pattern.ts'

const facts: PermalinkFacts = {
  local: '2021-01-03T04:05:06',
  title: 'What’s New & Cold?',
  slug: null,
  name: 'Winter.Words',
  filename: '2021-01-03-Winter.Words',
  nameDate: '2021-01-03',
  sections: [],
  author: null,
  folders: ['blog', 'Deep Down'],
  categories: ['Weather', 'long nights'],
  path: ['blog', 'Deep Down', '2021-01-03-Winter.Words'],
  keys: { abbrlink: '7ab3' },
  language: 'en',
}

describe('a pattern is filled', () => {
  test.each<[string, Partial<PermalinkFacts>, string | null]>([
    ['/{year}/{month}/{day}/{i_month}/{i_day}/{y_day}/', {}, '/2021/01/03/1/3/003/'],
    ['/{hour}-{minute}-{second}/{short_year}', {}, '/04-05-06/21'],
    ['/{month_name}/{short_month}/{weekday_name}/{short_day}/{weekday}', {}, '/January/Jan/Sunday/Sun/0'],
    // ISO 8601: the third of January 2021 is still in the year before's last week.
    ['/{week}/', {}, '/53/'],
    ['/{week}/', { local: '2021-01-04T00:00:00' }, '/01/'],
    ['/{slug,name|plain}/', {}, '/winter-words/'],
    ['/{slug,name|plain}/', { slug: 'Of its own' }, '/of-its-own/'],
    ['/{slug}/', {}, null],
    ['/{slug}/', { slug: '  ' }, null],
    ['/{year}/', { local: null }, null],
    ['/{name_date}/{name}', {}, '/2021/01/03/Winter.Words'],
    ['/{folders|hugo}/{filename|hugo}/', {}, '/blog/deep-down/2021-01-03-winter.words/'],
    ['/{section}/{last_folder}/', {}, '/blog/Deep Down/'],
    ['/{categories|lower}/{category|plain}/x', {}, '/weather/long nights/weather/x'],
    ['/{categories}/{folders}/x', { categories: [], folders: [] }, '/x'],
    ['/{title|ascii}/', { title: '雪' }, null],
    ['/{language}/{title|hugo}', {}, '/en/whats-new-cold'],
  ])('%s with %j is %s', (pattern, more, address) => {
    expect(fillPermalink(pattern, { ...facts, ...more })).toBe(address)
  })
})

test.each([
  ['/{year}/{slug,name|slug}/', true],
  ['/plain/', true],
  ['/{yaer}/', false],
  ['/{year|loud}/', false],
  ['/{year', false],
  ['/:year/', true],
])('%s is a pattern: %s', (pattern, is) => {
  expect(isPermalinkPattern(pattern)).toBe(is)
})

describe('the patterns of other systems', () => {
  test.each<[keyof typeof permalinkDialects, string, string | null]>([
    ['jekyll', 'pretty', '/{categories|lower}/{year}/{month}/{day}/{slug,name|pretty}/'],
    ['jekyll', 'none', '/{categories|lower}/{slug,name|pretty}.html'],
    ['jekyll', '/:year/W:week/:slug', '/{year}/W{week}/{slug,name|plain}'],
    ['jekyll', '/:mystery/', null],
    [
      'hugo',
      '/:year/:sections[last]/:slug/',
      '/{year}/{sections[last]|hugo}/{slug,title,filename|hugo|urlized}/',
    ],
    ['hugo', '/:sections[1:]/:slug/', '/{sections[1:]|hugo}/{slug,title,filename|hugo|urlized}/'],
    ['hexo', ':year/:title/', '{year}/{path}/'],
    [
      'pelican',
      'posts/{date:%Y}/{date:%b}/{slug}.html',
      '/posts/{year}/{short_month}/{slug,title|pelican}.html',
    ],
    ['pelican', '{date:%Y/%m}/{slug}', '/{year}/{month}/{slug,title|pelican}'],
    ['pelican', '{mystery}/{slug}', null],
    ['eleventy', 'blog/{{ page.fileSlug }}/index.html', '/blog/{name}/'],
    ['eleventy', "{{ page.date | date: '%Y/%m/%d' }}/", '/{year}/{month}/{day}/'],
    ['eleventy', '{{ title | shout }}/', null],
    ['eleventy', '{% if draft %}x{% endif %}', null],
  ])('%s: %s is %s', (dialect, pattern, ours) => {
    expect(permalinkDialects[dialect](pattern)).toBe(ours)
    if (ours !== null) expect(isPermalinkPattern(ours)).toBe(true)
  })

  test.each<[keyof typeof permalinkDialects, string, boolean]>([
    ['jekyll', 'pretty', false],
    ['jekyll', '/a/:title', true],
    ['jekyll', '/a/b.html', false],
    ['jekyll', 'https://a.broadsheet.example/:title', false],
    ['hugo', '/2021/12:30/', false],
    ['eleventy', '/:title/', false],
    ['eleventy', '/{{ x }}/', true],
  ])('%s: %s is one: %s', (dialect, address, is) => {
    expect(isForeignPattern(address, dialect)).toBe(is)
  })
})

describe('what systems make of a text', () => {
  test.each<[keyof typeof addressFilters, string, string | null]>([
    ['plain', 'C++ & Ünïcode_x.y', 'c-ünïcode-x-y'],
    ['pretty', 'C++ & Ünïcode_x.y', 'C++-&-Ünïcode_x.y'],
    ['hugo', 'What’s new & cold? C++ - a_b.c', 'whats-new-cold-c++-a_b.c'],
    ['hugo', '  a   b -- c', 'a-b--c'],
    ['ascii', 'Straße nach Łódź', 'strasse-nach-lodz'],
    ['ascii', 'снег', null],
    ['ascii', '“Quoted” — so', 'quoted-so'],
    ['pelican', 'Pelican 4.0: it’s out_now', 'pelican-40-its-out_now'],
    ['github', 'What’s New? _a_ B', 'whats-new-_a_-b'],
    ['slug', 'Données ouvertes', 'données-ouvertes'],
  ])('%s: %s', (filter, text, address) => {
    expect(addressFilters[filter](text)).toBe(address)
  })
})
