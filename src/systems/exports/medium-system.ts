import { contentRule } from '../../model/preset.ts'
import type { System } from '../system.ts'

/** `2024-01-31_The-title-0123456789ab.html`, `draft_The-title-0123456789ab.html` */
const postName = /^(?:draft|\d{4}-\d\d-\d\d)_.*-[0-9a-f]{8,16}\.html$/

/** A Medium export (Settings → Security and apps): each story as a page in `posts/`, among folders of claps and bookmarks. */
export const medium: System = {
  name: 'medium',
  settings: {},
  async recognise(folder) {
    const post = (await folder.names('posts')).find(name => postName.test(name))
    const text = post && (await folder.text(`posts/${post}`, 65_536))
    return text && /<article[^>]*class="h-entry"/.test(text)
      ? 'posts/ holds stories as Medium exports them'
      : null
  },
  async read() {
    return {
      settings: {},
      preset: {
        content: [contentRule({ match: 'posts/*.html' })],
        feeds: [{ from: '/feed/', to: '/rss.xml' }],
      },
    }
  },
}
