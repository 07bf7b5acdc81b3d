import { contentRule, type PresetFolder } from '../../model/preset.ts'
import type { System } from '../system.ts'

/** A Tumblr export as it was unpacked (Settings → Export): a page for each post in `posts/html/`, files in `media/`. */
export const tumblr: System = {
  name: 'tumblr',
  settings: {},
  async recognise(folder) {
    const posts = await postsFolder(folder)
    return posts && `${posts}/ holds posts as Tumblr exports them`
  },
  async read(folder) {
    const posts = (await postsFolder(folder)) ?? 'posts/html'
    return {
      settings: {},
      preset: {
        content: [contentRule({ match: `${posts}/*.html` })],
        ignore: [`${posts}/*index*.html`],
        feeds: [
          { from: '/rss/', to: '/rss.xml' },
          { from: '/tagged/{name}/rss/', to: '/tags/{name}/rss.xml' },
        ],
      },
    }
  },
}

async function postsFolder(folder: PresetFolder): Promise<string | null> {
  for (const posts of ['posts/html', 'posts']) {
    const page = (await folder.names(posts)).find(name => /^\d{6,}\.html$/.test(name))
    const text = page && (await folder.text(`${posts}/${page}`, 262_144))
    if (text && /<span\s+id=["']timestamp["']/.test(text)) return posts
  }
  return null
}
