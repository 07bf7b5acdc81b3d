import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { broadsheet, temporaryFolder } from '../runtimes/command-line.ts'

/** Stands in everything that the other system keeps from the public, and must stand nowhere in what is published. */
const word = 'Quillwortzander'

interface Published {
  title: string
  text: string
}

/** Builds a folder, looks for the word in all that came of it, and gives the articles that are published. */
async function publishedOf(files: Record<string, string>): Promise<Published[]> {
  using folder = temporaryFolder(
    Object.fromEntries(
      Object.entries({ 'broadsheet.toml': settings, ...files }).map(([path, text]) => [`site/${path}`, text]),
    ),
  )
  const built = await broadsheet('build', folder.at('site'), '--out', folder.at('out'))
  const { out } = await broadsheet('check', folder.at('site'), '--json')
  const { files: reports } = JSON.parse(out) as { files: { status: string; article?: Published }[] }
  const published = reports.filter(({ status }) => status === 'published')
  const all = readdirSync(folder.at('out'), { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => join(entry.parentPath, entry.name))
  const telling = all.filter(path => path.includes(word) || readFileSync(path, 'utf8').includes(word))
  expect(telling).toEqual([])
  expect(`${built.out}${JSON.stringify(published)}`).not.toContain(word)
  return published.flatMap(({ article }) => (article ? [{ title: article.title, text: article.text }] : []))
}

const settings =
  'title = "News"\nurl = "https://news.example.org/"\ntag_authority = "news.example.org,2024"\n'

const textsOf = async (files: Record<string, string>) =>
  (await publishedOf(files)).map(({ title, text }) => `${title}: ${text}`).sort()

describe('WordPress', () => {
  const cdata = (text: string) => `<![CDATA[${text}]]>`
  const meta = (key: string, value: string) =>
    `<wp:postmeta><wp:meta_key>${cdata(key)}</wp:meta_key><wp:meta_value>${cdata(value)}</wp:meta_value></wp:postmeta>`
  interface Item {
    title?: string
    content?: string
    excerpt?: string
    type?: string
    status?: string
    extra?: string
  }
  let number = 0
  const item = ({
    title = 'A',
    content = '',
    excerpt = '',
    type = 'post',
    status = 'publish',
    extra = '',
  }: Item) =>
    `<item><title>${cdata(title)}</title><link>https://a.example/${++number}/</link><content:encoded>${cdata(content)}</content:encoded>
<excerpt:encoded>${cdata(excerpt)}</excerpt:encoded><wp:post_id>${number}</wp:post_id><wp:post_name>n${number}</wp:post_name>
<wp:post_date>2024-01-31 09:30:00</wp:post_date><wp:status>${status}</wp:status><wp:post_type>${type}</wp:post_type>${extra}</item>`
  const exportOf = (...items: string[]) => ({
    'export.xml': `<?xml version="1.0"?><rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:wp="http://wordpress.org/export/1.2/"><channel><title>A</title>
<wp:category><wp:term_id>7</wp:term_id><wp:category_nicename>inner</wp:category_nicename><wp:cat_name>Inner</wp:cat_name></wp:category>${items.join('')}</channel></rss>`,
  })
  const shown = item({ title: 'Shown', content: 'Words.' })

  test('parts of titles, excerpts and texts', async () => {
    const part = `[rcp_is_paid]${word}[/rcp_is_paid]`
    const texts = await textsOf(
      exportOf(
        item({ title: `Title ${part}`, content: `Words. ${part}`, excerpt: `In short. ${part}` }),
        item({
          title: 'Above',
          content: `One.${part}<!-- wp:memberful/a -->${word}<!-- /wp:memberful/a --><!--more--> Two.`,
        }),
        item({
          title: 'Only that',
          content: 'Words.',
          excerpt: `<!-- wp:pmpro/membership -->${word}<!-- /wp:pmpro/membership -->`,
        }),
        item({ title: part, content: 'Untitled words.' }),
      ),
    )
    expect(texts).toEqual([
      'Above: One. Two.',
      'Only that: Words.',
      'Title: Words.',
      'Untitled words.: Untitled words.',
    ])
  })

  test('captions and names of pictures, and those of posts that are closed', async () => {
    const file = (name: string, parent: number, status = 'inherit') =>
      item({
        type: 'attachment',
        status,
        excerpt: `Caption [private]${word}[/private]`,
        extra: `<wp:post_parent>${parent}</wp:post_parent><wp:attachment_url>https://a.example/${name}.png</wp:attachment_url>${meta('_wp_attachment_image_alt', `Alt [private]${word}[/private]`)}`,
      })
    number = 100
    const [own, other, closed] = [
      item({ title: 'Own', content: `Words. [gallery]`, extra: meta('_thumbnail_id', '105') }),
      item({ title: 'Other', content: `Words. [gallery id="103"]` }),
      item({ title: word, content: word, status: 'private' }),
    ]
    const published = await textsOf(
      exportOf(own, other, closed, file('own', 101), file('bin', 101, 'trash'), file(word, 103)),
    )
    expect(published).toEqual(['Other: Words. [gallery id="103"]', 'Own: Words.\n\nCaption'])
  })

  test.each([
    ['as it is', `https://a.example/${word}.mp3`],
    ['with references', `https://a.example/${word}.mp3?a=1&amp;b=2`, `https://a.example/${word}.mp3?a=1&b=2`],
    ['with escapes', `https://a.example/${word}%20b.mp3`, `https://a.example/${word} b.mp3`],
    ['without a scheme', `//a.example/${word}.mp3`, `https://a.example/${word}.mp3`],
  ])('sound that stands in a part for members, its address %s', async (_, written, url = written) => {
    const content = `Words. <a href="https://a.example/open.mp3">Open</a> [private]<a href="${written}">Hear</a>[/private]`
    const sounds = ['https://a.example/open.mp3', url].map(at =>
      meta('enclosure', `${at}\n123\naudio/mpeg\n`),
    )
    expect(await textsOf(exportOf(item({ title: 'Shown', content, extra: sounds.join('') })))).toEqual([
      'Shown: Words. Open',
    ])
  })

  const restricting: [string, string][] = [
    ['_jetpack_newsletter_access', 'paid_subscribers'],
    ['_members_access_role', 'subscriber'],
    ['rcp_subscription_level', 'any-paid'],
    ['rcp_user_level', 'Subscriber'],
    ['_is_paid', '1'],
    ['memberful_acl', 'a:2:{s:7:"product";a:0:{}s:12:"subscription";a:1:{i:0;i:5;}}'],
    ['patreon-level', '5'],
    ['_issuem_leaky_paywall_visibility', 'a:1:{s:15:"visibility_type";s:4:"only";}'],
    ['pms-content-restrict-subscription-plan', '12'],
    ['pms-content-restrict-user-status', 'loggedin'],
    ['_wpmem_block', '1'],
    ['ihc_mb_who', '1,2'],
    ['arm_access_plan', '0'],
    [
      'um_content_restriction',
      'a:2:{s:26:"_um_custom_access_settings";s:1:"1";s:14:"_um_accessible";s:1:"2";}',
    ],
    ['groups-read', '3'],
    ['_wppcp_post_page_visibility', 'member'],
    ['_my_plugin_members_only', 'yes'],
    ['members_only', 'a:1:{i:0;s:6:"editor";}'],
    ['_wp_access_roles', 'a:1:{i:0;s:6:"editor";}'],
    ['suremembers_post_access_group', 'a:1:{i:0;i:5;}'],
    ['s2member_ccaps', 'a:1:{i:0;s:3:"gem";}'],
    ['ppwp_post_protection_roles', 'subscriber'],
    ['wpf-settings', 'a:1:{s:12:"lock_content";s:1:"1";}'],
    ['myCRED_sell_content', 'a:1:{s:6:"status";s:7:"enabled";}'],
    ['laterpay_post_prices', 'a:1:{s:5:"price";d:0.5;}'],
    ['content_visibility', 'members'],
    ['_visibility', 'hidden'],
    ['_access_level', 'gold'],
    ['_required_role', 'editor'],
    ['require_login', 'yes'],
    ['_exclusive_content', '1'],
    ['_lock_post', '1'],
    ['_hide_post', 'on'],
    ['exclude_from_feed', '1'],
  ]

  test.each(restricting)('a post of which %s is %s', async (key, value) => {
    const texts = await textsOf(
      exportOf(shown, item({ title: word, content: word, excerpt: word, extra: meta(key, value) })),
    )
    expect(texts).toEqual(['Shown: Words.'])
  })

  test.each([
    ['_jetpack_newsletter_access', 'everybody'],
    ['rcp_subscription_level', 'all'],
    ['rcp_user_level', 'None'],
    ['patreon-level', '0'],
    ['memberful_acl', 'a:2:{s:7:"product";a:0:{}s:12:"subscription";a:0:{}}'],
    ['_issuem_leaky_paywall_visibility', 'a:1:{s:15:"visibility_type";s:7:"default";}'],
    ['pms-content-restrict-type', 'default'],
    ['_wpmem_block', '0'],
    ['um_content_restriction', 'a:2:{s:26:"_um_custom_access_settings";b:0;s:14:"_um_accessible";i:0;}'],
    ['_jetpack_dont_email_post_to_subs', '1'],
    ['_members_only_message', 'Members read on.'],
    ['_visibility', 'visible'],
    ['_edit_lock', '1700000000:1'],
    ['hide_title', '1'],
    ['hide_post_thumbnail', 'yes'],
    ['accessibility_settings', 'a:1:{s:4:"mode";s:1:"1";}'],
    ['wpf-settings', 'a:1:{s:12:"lock_content";s:1:"0";}'],
    ['laterpay_post_prices', 'a:1:{s:5:"price";d:0;}'],
    ['required_roles', 'all'],
  ])('not one of which %s is %s', async (key, value) => {
    expect(await textsOf(exportOf(item({ title: 'A', content: 'B', extra: meta(key, value) })))).toEqual([
      'A: B',
    ])
  })

  const term = (name: 'category' | 'tag' | 'term', slug: string, said: string) => {
    const [slugName, parentName] =
      name === 'category' ? ['category_nicename', 'category_parent'] : [`${name}_slug`, `${name}_parent`]
    return `<wp:${name}><wp:term_id>9</wp:term_id><wp:${slugName}>${slug}</wp:${slugName}>${said.replaceAll('parent>', `${parentName}>`)}</wp:${name}>`
  }
  const termMeta = (key: string, value: string) => meta(key, value).replaceAll('wp:postmeta', 'wp:termmeta')

  test.each([
    [
      'a category',
      term('category', 'closed', termMeta('rcp_restricted_meta', 'a:1:{s:12:"access_level";i:2;}')),
    ],
    ['a tag', term('tag', 'closed', termMeta('groups-read', '3'))],
    ['a term', term('term', 'closed', termMeta('_members_only', '1'))],
    [
      'the category above',
      `${term('category', 'closed', '<wp:parent>above</wp:parent>')}${term('category', 'above', termMeta('groups-read', '3'))}`,
    ],
  ])('posts of which %s is not for everybody', async (_, terms) => {
    const inIt = '<category domain="category" nicename="closed">Closed</category>'
    const texts = await textsOf(exportOf(terms, shown, item({ title: word, content: word, extra: inIt })))
    expect(texts).toEqual(['Shown: Words.'])
  })

  test.each([
    ['in single quotation marks', (xml: string) => xml.replace(/xmlns:wp="([^"]*)"/, "xmlns:wp = '$1'")],
    ['by other prefixes', (xml: string) => xml.replace(/\b(wp|content|excerpt)(?=[:=])/g, 'ns-$1')],
    [
      'by two prefixes',
      (xml: string) =>
        xml
          .replace('xmlns:wp=', 'xmlns:w="http://wordpress.org/export/1.2/" xmlns:wp=')
          .replace(/(<\/?)wp:status/g, '$1w:status'),
    ],
  ])('an export that names its namespaces %s', async (_, written) => {
    const { 'export.xml': xml } = exportOf(
      shown,
      item({ title: word, content: word, status: 'draft' }),
      item({ title: word, content: word, type: 'page' }),
      item({ title: word, content: word, extra: '<wp:post_password>abc</wp:post_password>' }),
    )
    expect(await textsOf({ 'export.xml': written(xml) })).toEqual(['Shown: Words.'])
  })

  const rule = (type: string, content = '') =>
    item({
      type: 'memberpressrule',
      extra: `${meta('_mepr_rules_type', type)}${content ? meta('_mepr_rules_content', content) : ''}`,
    })
  const inner = '<category domain="category" nicename="inner">Inner</category>'

  test.each([
    ['a post', () => rule('single_post', '203')],
    ['a category', () => rule('category', '7')],
    ['its slug', () => rule('category', 'inner')],
  ])("MemberPress's rule for %s", async (_, make) => {
    number = 200
    const texts = await textsOf(
      exportOf(
        make(),
        item({ title: 'Shown', content: 'Words.' }),
        item({ title: word, content: word, extra: inner }),
      ),
    )
    expect(texts).toEqual(['Shown: Words.'])
  })

  test.each([
    ['all', () => rule('all')],
    ['what nobody knows', () => rule('custom', '^/a')],
    ["another plugin's", () => item({ type: 'cc_restriction' })],
    ["Newspack's", () => item({ type: 'np_content_gate' })],
  ])('a rule for %s', async (_, make) => {
    expect(await textsOf(exportOf(make(), item({ title: word, content: word })))).toEqual([])
  })

  test('below a wall', async () => {
    const texts = await textsOf(
      exportOf(
        shown,
        item({ title: word, content: `One.\n\n[paywall]\n\n${word}` }),
        item({
          title: word,
          content: `<!-- wp:shortcode -->[paywall level="1"]<!-- /wp:shortcode -->${word}`,
        }),
        item({ title: 'Of walls', content: 'The Times [paywall] says so.' }),
      ),
    )
    expect(texts).toEqual(['Of walls: The Times [paywall] says so.', 'Shown: Words.'])
  })
})

/** Ways by which a text of a newsletter hides what follows, or what stands in them. */
const walls = {
  Buttondown: [
    `<div role='paywall'></div>\n\n${word}`,
    `<div class="x" role="emailwall"></div>\n\n${word}`,
    `<buttondown-subscriberwall></buttondown-subscriberwall>\n\n${word}`,
    `<div class="buttondown-block-premium">\n\n${word}\n\n</div>`,
    `<div class='buttondown-block-free'><p>${word}</p></div>`,
    `<div class='buttondown-block-comment'>${word}</div>`,
    `<buttondown-filtered-block data-variant="email"><p>${word}</p></buttondown-filtered-block>`,
    `<buttondown-filtered-block data-variant="subscribers">\n\n${word}\n\n</buttondown-filtered-block>`,
  ],
  Substack: [
    `<div class="paywall-jump" data-component-name="PaywallToDOM"></div><p>${word}</p>`,
    `<div data-component-name="PaywallToDOM"></div><p>${word}</p>`,
  ],
  beehiiv: [
    `{% if subscriber.premium %}<p>${word}</p>{% else %}<p>${word}</p>{% endif %}`,
    `<div id="subscriber-break"></div><p>${word}</p>`,
    `<p style="display:none">${word}</p>`,
  ],
}

describe('Buttondown', () => {
  const head = 'id,secondary_id,subject,publish_date,source,slug,status,email_type,archival_mode'
  const row = (slug: string, ...said: string[]) =>
    [
      `bd-${slug}`,
      '1',
      slug === 'shown' ? 'Shown' : word,
      '2024-01-31 08:30:00+00:00',
      'app',
      slug,
      ...said,
    ].join(',')
  const conditions = [
    `{% if subscriber.subscriber_type == 'premium' %}${word}{% endif %}`,
    `{% if email.is_premium %}${word}{% elif medium == 'email' %}${word}{% else %}${word}{% endif %}`,
    `\n{% if 'python' in subscriber.tags %}\n\n${word}\n\n{% endif %}\n`,
    `{# ${word} #}{% comment %}${word}{% endcomment %}`,
  ]

  test('statuses, audiences and what stands in the archive', async () => {
    const hidden = [
      ...[
        'draft',
        'errored',
        'paused',
        'deleted',
        'suppressed',
        'managed_by_rss',
        'transactional',
        'else',
      ].map(status => [status, 'public', 'enabled']),
      ...['private', 'premium', 'free', 'churned', 'premium_and_trialing'].map(type => [
        'sent',
        type,
        'enabled',
      ]),
      ...['disabled', 'enabled_for_subscribers', 'enabled_for_paid_subscribers', 'else'].map(mode => [
        'sent',
        'public',
        mode,
      ]),
    ].map((said, index) => row(`hidden-${index}`, ...said))
    const rows = [row('shown', 'imported', 'public', 'enabled'), ...hidden]
    const files = rows.map(line => line.split(',')[5] ?? '')
    expect(
      await textsOf({
        'emails.csv': [head, ...rows].join('\n'),
        ...Object.fromEntries(files.map(slug => [`emails/${slug}.md`, slug === 'shown' ? 'Words.' : word])),
        'emails/of-no-row.md': `---\ntitle: ${word}\ndate: 2024-01-31\n---\n${word}`,
      }),
    ).toEqual(['Shown: Words.'])
  })

  test.each([...walls.Buttondown, ...conditions])('%s', async part => {
    const table = [head, row('shown', 'sent', 'public', 'enabled')].join('\n')
    const files = { 'emails.csv': table, 'emails/shown.md': `Words.\n\n${part}` }
    expect(await textsOf(files)).toEqual(['Shown: Words.'])
  })

  test('a subject that asks who reads it', async () => {
    const table = [
      head,
      row('shown', 'sent', 'public', 'enabled').replace(
        'Shown',
        `Shown{% if subscriber.a %} ${word}{% endif %}`,
      ),
    ]
    expect(await textsOf({ 'emails.csv': table.join('\n'), 'emails/shown.md': 'Words.' })).toEqual([
      'Shown: Words.',
    ])
  })

  test('as its command line writes it', async () => {
    const file = (title: string, ...lines: string[]) =>
      `---\nid: ${title}-${lines.join('').length}\nsubject: ${title}\npublish_date: 2024-01-31T08:30:00Z\n${lines.join('\n')}\n---\n\n${title === 'Shown' ? 'Words.' : word}`
    const files = [
      file('Shown', 'status: sent', 'email_type: public'),
      ...['draft', 'errored', 'paused', 'suppressed', 'managed_by_rss', 'transactional'].map(status =>
        file(word, `status: ${status}`),
      ),
      file(
        'Shown',
        'status: sent',
        `description: "In short{% if subscriber.a %} ${word}{% endif %}"`,
      ).replace('subject: Shown', `subject: "Shown{% if subscriber.a %} ${word}{% endif %}"`),
      file(word, 'status: sent', 'email_type: premium'),
      file(word, 'status: sent', 'archival_mode: disabled'),
    ]
    expect(
      await textsOf({
        '.buttondown.json': '{}',
        ...Object.fromEntries(files.map((text, index) => [`emails/n${index}.md`, text])),
      }),
    ).toEqual(['Shown: Words.', 'Shown: Words.'])
  })
})

describe('Substack', () => {
  const head =
    'post_id,post_date,is_published,email_sent_at,inbox_sent_at,type,audience,title,subtitle,podcast_url'
  const row = (number: number, published: string, type: string, audience: string, title = word) =>
    `${number}.a,2024-01-31T09:30:00.000Z,${published},,,${type},${audience},${title},,`

  test('drafts, audiences, e-mails to some, and what stands in no row', async () => {
    const rows = [
      row(1, 'true', 'newsletter', 'everyone', 'Shown'),
      row(2, 'false', 'newsletter', 'everyone'),
      row(3, '', 'newsletter', 'everyone'),
      row(4, 'true', 'newsletter', 'only_paid'),
      row(5, 'true', 'podcast', 'only_free'),
      row(6, 'true', 'newsletter', 'founding'),
      row(7, 'true', 'adhoc_email', 'everyone'),
      row(8, 'true', 'page', 'everyone'),
    ]
    const files = Object.fromEntries(
      rows.map((_, index) => [`posts/${index + 1}.a.html`, index === 0 ? '<p>Words.</p>' : `<p>${word}</p>`]),
    )
    expect(
      await textsOf({
        'broadsheet.toml': `${settings}undated = "first-seen"\n`,
        'posts.csv': [head, ...rows].join('\n'),
        ...files,
        'posts/9.b.html': `<h1>${word}</h1><p>${word}</p>`,
        'posts/1.opens.csv': `post_id,email\n1,${word}@a.example\n`,
      }),
    ).toEqual(['Shown: Words.'])
  })

  test('a table that can not be read', async () => {
    const texts = await textsOf({
      'broadsheet.toml': `${settings}undated = "first-seen"\n`,
      'posts.csv': `${head}\n1.a,"2024`,
      'posts/1.a.html': `<p>${word}</p>`,
    })
    expect(texts).toEqual([])
  })

  test.each(walls.Substack)('%s', async part => {
    const files = { 'posts.csv': [head, row(1, 'true', 'newsletter', 'everyone', 'Shown')].join('\n') }
    expect(await textsOf({ ...files, 'posts/1.a.html': `<p>Words.</p>${part}` })).toEqual(['Shown: Words.'])
  })
})

describe('an export with a table in a folder below', () => {
  const own = {
    'broadsheet.toml': `${settings}undated = "first-seen"\n`,
    'own.md': '---\ntitle: Own\ndate: 2024-01-01\n---\nWords.',
  }

  test('of Substack', async () => {
    const table =
      'post_id,post_date,is_published,type,audience,title\n1.a,2024-01-31T09:30:00.000Z,true,newsletter,only_paid,A\n'
    expect(
      await textsOf({
        ...own,
        'old/posts.csv': table,
        'old/posts/1.a.html': `<p>${word}</p>`,
        'old/posts/2.b.html': `<p>${word}</p>`,
      }),
    ).toEqual(['Own: Words.'])
  })

  test('of Buttondown', async () => {
    const table =
      'id,secondary_id,subject,publish_date,slug,email_type\nb1,1,A,2024-01-31 08:30:00+00:00,a,premium\n'
    expect(await textsOf({ ...own, 'old/emails.csv': table, 'old/emails/a.md': word })).toEqual([
      'Own: Words.',
    ])
  })
})

describe('beehiiv', () => {
  const columns =
    'id,web_title,status,audience,web_audiences,platform,hidden_from_feed,enforce_gated_content,url,content_html,created_at'
  let number = 0
  const row = (said: Record<string, string>) =>
    columns
      .split(',')
      .map(
        name =>
          `"${({ id: `b${++number}`, web_title: word, status: 'confirmed', url: `https://a.example/p/n${number}`, content_html: `<p>${word}</p>`, created_at: '2024-01-31 08:30:00', ...said }[name] ?? '').replaceAll('"', '""')}"`,
      )
      .join(',')
  const shown = row({ web_title: 'Shown', audience: 'free', content_html: '<p>Words.</p>' })

  test('statuses, audiences and places', async () => {
    const said: Record<string, string>[] = [
      { status: 'draft' },
      { status: 'archived' },
      { audience: 'premium' },
      { audience: 'both' },
      { audience: 'All paid subscribers' },
      { audience: 'Segment of some' },
      { audience: 'free', web_audiences: 'All premium subscribers' },
      { platform: 'email' },
      { hidden_from_feed: 'true' },
      { enforce_gated_content: 'true' },
    ]
    const rows = said.map(row)
    expect(await textsOf({ 'posts.csv': [columns, shown, ...rows].join('\n') })).toEqual(['Shown: Words.'])
  })

  test.each(walls.beehiiv)('%s', async part => {
    const post = row({ web_title: 'Shown', content_html: `<p>Words.</p>${part}` })
    expect(await textsOf({ 'posts.csv': [columns, post].join('\n') })).toEqual(['Shown: Words.'])
  })
})

describe('Ghost', () => {
  const post = (said: object) => ({
    id: JSON.stringify(said).length,
    title: word,
    slug: `n${JSON.stringify(said).length}`,
    html: `<p>${word}</p>`,
    status: 'published',
    visibility: 'public',
    published_at: '2024-01-31T08:30:00.000Z',
    ...said,
  })
  const exportOf = (posts: object[], tables: object = {}) => ({
    'a.ghost.json': JSON.stringify({ db: [{ meta: { exported_on: 1 }, data: { posts, ...tables } }] }),
  })
  const shown = post({ title: 'Shown', html: '<p>Words.</p>' })

  test('statuses and visibility', async () => {
    const posts = [
      ...['draft', 'sent', 'else'].map(status => ({ status })),
      ...['members', 'paid', 'tiers', 'filter', 'status:-free'].map(visibility => ({ visibility })),
      { id: 'e1', email_only: true },
      { type: 'page' },
    ].map(post)
    const tables = { posts_meta: [{ post_id: 'e1', email_only: true }] }
    expect(await textsOf(exportOf([shown, ...posts], tables))).toEqual(['Shown: Words.'])
  })

  test('parts of a text', async () => {
    const gated = `<!--kg-gated-block:begin nonMember:false memberSegment:"status:free" --><p>${word}</p><!--kg-gated-block:end-->`
    const lexical = JSON.stringify({ root: { children: [{ type: 'paywall' }] } })
    const posts = [
      post({ title: 'Gated', html: `<p>Words.</p>${gated}` }),
      post({ title: 'By segment', html: `<p>Words.</p><div data-gh-segment="status:free">${word}</div>` }),
      post({
        title: 'Of which nothing is said',
        html: `<p>Words.</p><!--members-only-->${word}`,
        visibility: null,
      }),
      post({ title: word, html: null, plaintext: word, lexical }),
    ]
    expect(await textsOf(exportOf(posts))).toEqual([
      'By segment: Words.',
      'Gated: Words.',
      'Of which nothing is said: Words.',
    ])
  })

  test('a site that asks for a password', async () => {
    const settings = [{ key: 'is_private', value: 'true' }]
    expect(await textsOf(exportOf([post({})], { settings }))).toEqual([])
  })
})

describe('Medium', () => {
  const story = (title: string, time: string) =>
    `<html><body><article class="h-entry"><header><h1 class="p-name">${title}</h1></header><section data-field="body" class="e-content"><h3 class="graf graf--h3">${title}</h3><p>${title === 'Shown' ? 'Words.' : word}</p></section><footer><p>${time}</p></footer></article></body></html>`
  const time = '<time class="dt-published" datetime="2024-01-31T09:30:00.000Z">January 31, 2024</time>'

  test('drafts and answers', async () => {
    const answer = `<html><body><article class="h-entry"><header><h1 class="p-name">${word}</h1></header><section data-field="body" class="e-content"><p>${word} and more.</p></section><footer>${time}</footer></article></body></html>`
    expect(
      (
        await textsOf({
          'posts/2024-01-31_Shown-0123456789ab.html': story('Shown', time),
          'posts/draft_A-1123456789ab.html': story(word, ''),
          'posts/draft_B-2123456789ab.html': story(word, time),
          'posts/2024-02-01_C-3123456789ab.html': answer,
        })
      ).length,
    ).toBe(1)
  })
})

describe('Movable Type', () => {
  const entry = (title: string, ...lines: string[]) =>
    `TITLE: ${title}\nDATE: 01/31/2024 09:30:00\n${lines.join('\n')}\n-----\nBODY:\n${title === 'Shown' ? 'Words.' : word}\n-----\nCOMMENT:\nAUTHOR: ${word}\n${word}\n-----\n--------\n`

  test('statuses, passwords and secrets', async () => {
    const hidden = ['STATUS: Draft', 'STATUS: Review', 'STATUS: Unpublish', 'STATUS: Spam', 'STATUS: else']
    const written = ['STATUS : Draft', 'Status: draft', ' STATUS:Draft', 'STATUS: Publish\nSTATUS: Draft']
    const more = ['PASSWORD: abc', 'SECRET: 1', 'PRIVATE: 1', 'VISIBILITY: members', ...written]
    const text = [entry('Shown', 'STATUS: Publish'), ...[...hidden, ...more].map(line => entry(word, line))]
    expect(await textsOf({ 'export.txt': text.join('') })).toEqual(['Shown: Words.'])
  })

  test('what it says first and what it hides', async () => {
    const text = `TITLE: Shown\nDATE: 01/31/2024 09:30:00\nSTATUS: Publish\n-----\nBODY:\n<p>Words.</p><p hidden>${word}</p><!-- wp:pmpro/membership -->${word}<!-- /wp:pmpro/membership -->\n-----\nEXTENDED BODY:\nMore.\n-----\n--------\n`
    expect(await textsOf({ 'export.txt': text })).toEqual(['Shown: Words.\n\nMore.'])
  })
})

describe('Blogger', () => {
  const entry = (title: string, ...said: string[]) =>
    `<entry><id>tag:blogger.com,1999:blog-1.post-${title.length}${said.join('').length}</id>${said.join('')}<title>${title}</title><content type="html">&lt;p&gt;${title === 'Shown' ? 'Words.' : word}&lt;/p&gt;</content><published>2024-01-31T09:30:00Z</published></entry>`
  const feedOf = (...entries: string[]) =>
    `<?xml version='1.0' encoding='utf-8'?><feed xmlns='http://www.w3.org/2005/Atom' xmlns:blogger='http://schemas.google.com/blogger/2018' xmlns:app='http://www.w3.org/2007/app'><id>tag:blogger.com,1999:blog-1</id><title>A</title>${entries.join('')}</feed>`
  const type = '<blogger:type>POST</blogger:type>'

  test('statuses of a Takeout and of the older backup', async () => {
    const statuses = ['DRAFT', 'SOFT_TRASHED', 'TRASHED', 'else', '']
    expect(
      await textsOf({
        'Takeout/Blogger/Blogs/A/feed.atom': feedOf(
          entry('Shown', type, '<blogger:status>LIVE</blogger:status>'),
          ...statuses.map(status => entry(word, type, `<blogger:status>${status}</blogger:status>`)),
          entry(
            word,
            type,
            '<blogger:status>LIVE</blogger:status><blogger:trashed>2024-02-01</blogger:trashed>',
          ),
          entry(word, type, '<app:control><app:draft>yes</app:draft></app:control>'),
          entry(
            word,
            type,
            '<a:control xmlns:a="http://purl.org/atom/app#"><a:draft>yes</a:draft></a:control>',
          ),
          entry(word, '<blogger:type>PAGE</blogger:type><blogger:status>LIVE</blogger:status>'),
          entry(word, '<blogger:type>COMMENT</blogger:type><blogger:status>LIVE</blogger:status>'),
        ),
      }),
    ).toEqual(['Shown: Words.'])
  })
})

describe('Notion', () => {
  const page = (title: string, ...lines: string[]) => [
    `T ${Buffer.from(lines.join('')).toString('hex').padStart(32, '0').slice(-32)}.md`,
    `# ${title}\n\nDate: 2024-01-31\n${lines.join('\n')}\n\n${title === 'Shown' ? 'Words.' : word}\n`,
  ]

  test('properties', async () => {
    const hidden = [
      'Status: Draft',
      'Status: Done',
      'Public: No',
      'Private: Yes',
      'Archived: Yes',
      'Publish: No',
    ]
    const more = [
      'Visibility: Private',
      'Visibility: Members',
      'Audience: Members',
      'Access: Internal',
      'Members only: Yes',
      'For members: Yes',
      'Show on site: No',
    ]
    expect(
      await textsOf(
        Object.fromEntries([
          page('Shown', 'Status: Published'),
          ...[...hidden, ...more].map(line => page(word, line)),
        ]),
      ),
    ).toEqual(['Shown: Words.'])
  })
})

describe('a page of Notion of which nothing but this is said', () => {
  test.each(['Visibility: Private', 'Stage: Idea', 'Access: Members'])('%s', async line => {
    const name = `T ${'1'.repeat(32)}.md`
    const settled = `${settings}undated = "first-seen"\n`
    const texts = await textsOf({ 'broadsheet.toml': settled, [name]: `# ${word}\n\n${line}\n\n${word}\n` })
    expect(texts).toEqual([])
  })
})

describe('a feed', () => {
  const rss = (head: string, ...items: string[]) => ({
    'feed.xml': `<?xml version="1.0"?><rss version="2.0" xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd"><channel><title>A</title>${head}${items.join('')}</channel></rss>`,
  })
  const item = (title: string, said = '') =>
    `<item><title>${title}</title><guid>${title}</guid><pubDate>Wed, 31 Jan 2024 09:30:00 GMT</pubDate><description>${title === 'Shown' ? 'Words.' : word}</description>${said}</item>`

  test('what it keeps out of directories', async () => {
    const block = '<itunes:block>Yes</itunes:block>'
    expect(await textsOf(rss('', item('Shown'), item(word, block)))).toEqual(['Shown: Words.'])
    expect(await textsOf(rss(block, item(word)))).toEqual([])
  })

  test.each([
    '<podcast:block xmlns:podcast="https://podcastindex.org/namespace/1.0">yes</podcast:block>',
    '<it:block xmlns:it="http://www.itunes.com/dtds/podcast-1.0.dtd">yes</it:block>',
    '<itunes:block xml:lang="en">Yes</itunes:block>',
    '<access:restriction xmlns:access="http://www.bloglines.com/about/specs/fac-1.0" relationship="deny"/>',
  ])('as a whole: %s', async block => {
    expect(await textsOf(rss(block, item(word)))).toEqual([])
    expect(await textsOf(rss('', item(word), block))).toEqual([])
  })

  test('not where one directory alone is meant', async () => {
    const block =
      '<podcast:block xmlns:podcast="https://podcastindex.org/namespace/1.0" id="a">yes</podcast:block>'
    expect(await textsOf(rss(block, item('Shown')))).toEqual(['Shown: Words.'])
  })

  test.each([
    '<control xmlns="http://www.w3.org/2007/app"><draft>yes</draft></control>',
    '<a:control xmlns:a="http://www.w3.org/2007/app"><a:draft>Yes</a:draft></a:control>',
  ])("Atom's drafts: %s", async said => {
    const entry = (title: string, more = '') =>
      `<entry><id>urn:a:${title}</id><title>${title}</title><updated>2024-01-31T09:30:00Z</updated><content>${title}</content>${more}</entry>`
    const feed = `<feed xmlns="http://www.w3.org/2005/Atom"><title>A</title>${entry('Shown')}${entry(word, said)}</feed>`
    expect(await textsOf({ 'feed.xml': feed })).toEqual(['Shown: Shown'])
  })

  test('what a summary in JSON hides', async () => {
    const shown = {
      id: '1',
      title: 'Shown',
      content_html: 'Words.',
      date_published: '2024-01-31T09:30:00Z',
      summary: `In short.<!--members-only-->${word}`,
    }
    const feed = { version: 'https://jsonfeed.org/version/1.1', title: 'A', items: [shown] }
    expect(await textsOf({ 'feed.json': JSON.stringify(feed) })).toEqual(['Shown: Words.'])
  })
})
