/*
 * Exports whose every entry wants to break a feed: one for each odd text, with an odd id. `instant` gives each its own.
 */

export function wordpressExport(texts: Record<string, string>, ids: string[], instant: () => string): string {
  // As WordPress writes it: the end of a CDATA section is split, and nothing else is done.
  const cdata = (text: string) => `<![CDATA[${text.replaceAll(']]>', ']]]]><![CDATA[>')}]]>`
  const items = Object.entries(texts).map(([name, text], index) => {
    const date = instant()
    return `<item>
<title>${cdata(text)}</title>
<link>https://wp.hostile.example/${name}/${encodeURI(text.toWellFormed().slice(0, 50))}</link>
<pubDate>${new Date(date).toUTCString()}</pubDate>
<dc:creator>${cdata(text)}</dc:creator>
<guid isPermaLink="false">${cdata(ids[index % ids.length]!)}</guid>
<content:encoded>${cdata(`${text}\n\n[caption]${text}[/caption]<p title="${text}">${text}</p>`)}</content:encoded>
<excerpt:encoded>${cdata(text)}</excerpt:encoded>
<wp:post_id>${index}</wp:post_id>
<wp:post_date>${date.replace('T', ' ').slice(0, 19)}</wp:post_date>
<wp:post_date_gmt>${date.replace('T', ' ').slice(0, 19)}</wp:post_date_gmt>
<wp:post_name>${cdata(name)}</wp:post_name>
<wp:status>publish</wp:status>
<wp:post_type>post</wp:post_type>
<category domain="category" nicename="x">${cdata(text)}</category>
<category domain="post_tag" nicename="y">${cdata(`${text} tag`)}</category>
<wp:postmeta><wp:meta_key>enclosure</wp:meta_key><wp:meta_value>${cdata(`https://wp.hostile.example/${text}.mp3\n-1\n${text}`)}</wp:meta_value></wp:postmeta>
</item>`
  })
  return `<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel>
<title>Hostile</title>
<link>https://wp.hostile.example</link>
<wp:wxr_version>1.2</wp:wxr_version>
${items.join('\n')}
</channel>
</rss>
`
}

export function ghostExport(texts: Record<string, string>, ids: string[], instant: () => string): string {
  const posts = Object.entries(texts).map(([name, text], index) => ({
    id: `${index} ${ids[index % ids.length]}`,
    uuid: ids[index % ids.length],
    slug: `ghost-${name}`,
    title: text,
    html: `<p>${text}</p>`,
    type: 'post',
    status: 'published',
    visibility: 'public',
    published_at: instant(),
    updated_at: text,
    custom_excerpt: text,
    feature_image: `__GHOST_URL__/${text}.png`,
    canonical_url: index % 2 === 0 ? `https://ghost.hostile.example/${text}` : null,
  }))
  const tags = Object.values(texts).map((name, index) => ({
    id: `t${index}`,
    name,
    slug: name,
    visibility: 'public',
  }))
  const users = Object.values(texts).map((name, index) => ({
    id: `u${index}`,
    name,
    slug: name,
    website: name,
  }))
  const data = {
    posts,
    tags,
    users,
    posts_tags: posts.map(({ id }, index) => ({ post_id: id, tag_id: `t${index}`, sort_order: 0 })),
    posts_authors: posts.map(({ id }, index) => ({ post_id: id, author_id: `u${index}`, sort_order: 0 })),
    settings: [{ key: 'title', value: 'Hostile' }],
  }
  return JSON.stringify({ db: [{ meta: { exported_on: 1, version: '5.80.0' }, data }] })
}
