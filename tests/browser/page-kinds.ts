/** Every kind of page, by an address at which it is. */
export const pageKinds = {
  home: '/',
  collection: '/tags/feeds/',
  archive: '/archive/2/',
  'archive of a tag': '/tags/feeds/archive/1/',
  'feed address of an archive': '/archive/1/rss.xml',
  'collection of a language': '/languages/fa/',
  article: '/articles/everything/',
  'article of long words': '/articles/long-words/',
  'article with a recording': '/articles/a-feed-you-can-listen-to/',
  'episode with chapters and transcripts': '/articles/episode/',
  'article from right to left': '/articles/خوراک-چیست/',
  subscribe: '/subscribe/',
  'subscribe, right to left': '/languages/fa/subscribe/',
  'subscribe to long words':
    '/sections/donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft/subscribe/',
  'feed address': '/rss.xml',
  'feed address of a tag': '/tags/خوراک/atom.xml',
  'all feeds': '/feeds/',
  'not found': '/nowhere/',
  withdrawn: '/articles/withdrawn/',
} as const
