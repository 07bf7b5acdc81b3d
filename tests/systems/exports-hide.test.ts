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
  ])('not one of which %s is %s', async (key, value) => {
    expect(await textsOf(exportOf(item({ title: 'A', content: 'B', extra: meta(key, value) })))).toEqual([
      'A: B',
    ])
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
