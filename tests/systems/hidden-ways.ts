import { datedArticle } from '../runtimes/command-line.ts'

/** Nobody may read it. */
export const marker = 'Quillwortzander'
/** Everybody may. */
export const open = 'Ladybird'

type Files = Record<string, string>

/** @param more lines of front matter */
const hides = (more = '', date = '2026-01-31') => article(marker, more, date)
const shows = (more = '', date = '2026-01-31') => article(open, more, date)
const article = (word: string, more: string, date: string) =>
  datedArticle(word, more === '' ? date : `${date}\n${more}`, `What is said of ${word}.`)
/** An article of which a part is hidden. */
const partly = (part: string, more = '') =>
  datedArticle(open, more === '' ? '2026-01-31' : `2026-01-31\n${more}`, `Begins.\n\n${part}\n\nEnds.`)
/** As many articles as there are ways of hiding one. */
const each = (folder: string, ways: string[]): Files =>
  Object.fromEntries(ways.map((way, index) => [`${folder}/way-${index}.md`, hides(way)]))
const placed = (...paths: string[]): Files => Object.fromEntries(paths.map(path => [path, hides()]))

const toml = (lines: string) => `+++\ntitle = "${marker}"\ndate = 2026-01-31\n${lines}\n+++\n\n${marker}\n`
const hugo = 'baseURL: https://a.broadsheet.example/\n'
const zola = 'base_url = "https://a.broadsheet.example"\n'
const pelican = "SITENAME = 'A'\nSITEURL = 'https://a.broadsheet.example'\nTIMEZONE = 'UTC'\n"
const quartz = (filters: string) =>
  `const config = {\n  configuration: { baseUrl: "a.broadsheet.example", ignorePatterns: ["private"] },\n  plugins: { filters: [${filters}] },\n}\nexport default config\n`
const docusaurus = (blog: string) =>
  `export default { title: 'A', url: 'https://a.broadsheet.example', baseUrl: '/', i18n: { defaultLocale: 'en', locales: ['en', 'fr'] }, presets: [['classic', { blog: ${blog} }]] }`
const hexo = 'url: https://a.broadsheet.example\n'
const material = 'site_url: https://a.broadsheet.example/\ntheme: { name: material }\n'

/** Of themes and plugins: what they are told to hide, in every system's front matter. */
const byKey = [
  ...['encrypt: true', 'encrypted: true', 'password: 0', 'passwd: abc', 'pwd: abc', 'passphrase: a b'],
  ...['view_password: abc', 'enc_pwd: abc', 'passcode: 12', 'accessCode: x', 'password: [one, two]'],
  ...['exclude: true', 'excluded: yes', 'ignore: true', 'ignored: true', 'skip: true'],
  ...['hideFromList: true', 'hidden_from_lists: true', 'excludeFromArchive: true', 'hideInBlog: true'],
  ...['notshow: true', 'noList: true', 'unlist: true'],
  ...['params: { private: true }', 'params: { hidden: true }', 'params: { password: abc }'],
  ...['params: { unlisted: true }', 'params: { published: false }', 'extra: { encrypted: true }'],
]

/** What the manuals of other systems, their plugins and their themes hide: a site for each kind of it. */
export const hiddenWays: Record<string, Files> = {
  'any: keys of themes and plugins': {
    'open.md': shows('exclude: false\nencrypt: false\nextra: { hidden: false }'),
    ...each('.', byKey),
  },
  'hugo: front matter in its three forms': {
    'hugo.yaml': hugo,
    'content/posts/open.md': shows('params: { hidden: false }'),
    ...each('content/posts', byKey),
    'content/posts/t1.md': toml('expiryDate = 2026-02-01T00:00:00Z'),
    'content/posts/t2.md': toml('[build]\nrender = "never"'),
    'content/posts/t3.md': toml('[_build]\nlist = false'),
    'content/posts/t4.md': toml('[params]\nprivate = true'),
    'content/posts/j1.md': `{"title":"${marker}","date":"2026-01-31","build":{"render":"never"}}\n${marker}\n`,
    'content/posts/j2.md': `{"title":"${marker}","date":"2026-01-31","publishdate":"2099-01-31T00:00:00+02:00"}\n${marker}\n`,
  },
  'hugo: parts between shortcodes': {
    'hugo.yaml': hugo,
    'content/posts/a.md': partly(`{{% hugo-encryptor "PASSWORD" %}}\n${marker}\n{{% /hugo-encryptor %}}`),
    'content/posts/b.md': partly(`{{< fixit-encryptor "PASSWORD" >}}\n${marker}\n{{< /fixit-encryptor >}}`),
    'content/posts/c.md': partly(`{{< private >}}\n${marker}\n{{< /private >}}`),
    'content/posts/d.md': partly(`{{< members-only >}}${marker}{{< /members-only >}}`),
    'content/posts/e.md': partly(`{{< hidden >}}\n${marker}\n{{< /hidden >}}`),
    'content/posts/f.md': partly(`{{< draft >}}\n${marker}\n{{< /draft >}}`),
    'layouts/shortcodes/encrypt.html': '<cipher-text data-password="{{ .Get 0 }}">{{ .Inner }}</cipher-text>',
    'content/posts/g.md': partly(`{{% encrypt "x" %}}${marker}{{% /encrypt %}}`),
    // A template that shows it says more than a name does.
    'layouts/shortcodes/hide.html': '<details>{{ .Inner }}</details>',
    'content/posts/h.md': partly(`{{< hide >}}${open}{{< /hide >}}`),
  },
  'hugo: cascades of settings and sections': {
    'hugo.yaml': `${hugo}
module:
  mounts:
    - { source: content, target: content }
    - { source: more, target: content/posts/more }
cascade:
  - { target: { path: '/posts/a/**', environment: '{prod*,staging}' }, draft: true }
  - { target: { path: '/posts/b/**', lang: '{en,de}' }, draft: true }
  - { target: { path: '**/*-plan' }, draft: true }
  - { target: { path: '/posts/more/inner/**' }, draft: true }
  - { target: { path: '/posts/c/**', sites: { matrix: { languages: [en] } } }, draft: true }
  - { target: { path: '/posts/**', lang: fr }, draft: true }
  - { target: { path: '/posts/**', environment: development }, draft: true }
`,
    // None of these reaches it, nor what sections hand down to their own pages.
    'content/posts/_index.md': '---\ntitle: Posts\n---\n',
    'content/posts/open.md': shows(),
    'more/open.md': shows(),
    'content/posts/d/_index.md': '---\ncascade: [{ target: { path: "**" }, draft: true }]\n---\n',
    'content/posts/e/_index.md': '---\ncascade: { target: { path: "{**/deep/**}" }, draft: true }\n---\n',
    'content/posts/e/open.md': shows(),
    ...placed('content/posts/a/one.md', 'content/posts/b/one.md', 'content/posts/c/one.md'),
    ...placed('content/posts/the-plan.md', 'more/inner/one.md', 'content/posts/d/one.md'),
    ...placed('content/posts/e/deep/one.md'),
  },
  'hugo: cascades of languages, and languages that are off': {
    'hugo.yaml': `${hugo}
languages:
  en: {}
  it: { cascade: { draft: true } }
  pt: { cascade: [{ target: { path: '/posts/**' }, draft: true }] }
  de: { contentDir: content/de, disabled: 'true' }
`,
    'content/posts/open.md': shows(),
    ...placed('content/posts/open.it.md', 'content/posts/open.pt.md', 'content/de/posts/one.md'),
  },
  'hugo: expressions as Go has them': {
    'hugo.toml': `baseURL = "https://a.broadsheet.example/"
ignoreFiles = ['\\_x\\.md$', '(?i)\\.W[A-I]P\\.md$', 'posts/p[[:digit:]]\\.md', '\\Qq(1)\\E', '/\\pLz/', 'a\\-b']
`,
    'content/posts/open.md': shows(),
    ...placed(
      'content/posts/a_x.md',
      'content/posts/b.wIp.md',
      'content/posts/p7.md',
      'content/posts/q(1).md',
    ),
    ...placed('content/posts/äz/one.md', 'content/posts/a-b.md'),
  },
  'hugo: what is mounted': {
    'hugo.yaml': `${hugo}
module:
  mounts:
    - { source: content, target: content, files: ['posts/**', '! posts/left/**'] }
    - { source: more, target: content/posts/later }
    - { source: much, target: content/posts/quiet/inside }
    - { source: chosen, target: content/posts/chosen, includeFiles: ['{read,seen}/**'], excludeFiles: ['**/but.md'] }
`,
    'content/posts/open.md': shows(),
    'content/posts/later/_index.md': '---\ndraft: true\n---\n',
    'content/posts/quiet/_index.md': '---\ncascade: { draft: true }\n---\n',
    'chosen/seen/open.md': shows(),
    ...placed('content/posts/left/one.md', 'content/blog/one.md', 'more/one.md', 'much/one.md'),
    ...placed('chosen/one.md', 'chosen/read/but.md'),
  },
  'hugo: sections in other formats, and kinds of pages by globs': {
    'hugo.yaml': hugo,
    'content/posts/open.md': shows(),
    'content/posts/a/_index.org': '#+title: A\n#+draft: true\n',
    'content/posts/b/_index.adoc': '---\ndraft: true\n---\n',
    'content/posts/c/_index.md': '---\ncascade: [{ target: { kind: "{page,section}" }, draft: true }]\n---\n',
    'content/posts/d/_index.md': '---\ncascade: [{ target: { kind: "p*" }, draft: true }]\n---\n',
    'content/posts/e/_index.md':
      '---\ncascade: [{ target: { kind: "{section,home}" }, build: { render: never } }]\n---\n',
    'content/posts/e/open.md': shows(),
    ...placed(
      'content/posts/a/one.md',
      'content/posts/b/one.md',
      'content/posts/c/one.md',
      'content/posts/d/one.md',
    ),
  },
  'hugo: settings in folders': {
    'hugo.yaml': hugo,
    'config/_default/cascade.toml': "[[cascade]]\ndraft = true\n[cascade.target]\npath = '/posts/a/**'\n",
    'config/production/hugo.toml': "ignoreFiles = ['posts/b/']\n",
    'content/posts/open.md': shows(),
    ...placed('content/posts/a/one.md', 'content/posts/b/one.md'),
  },
  'hugo: no pages at all': { 'hugo.yaml': `${hugo}disableKinds: [page]\n`, 'content/posts/one.md': hides() },
  'zola: tables of themes, and shortcodes': {
    'config.toml': zola,
    'content/blog/open.md': `+++\ntitle = "${open}"\ndate = 2026-01-31\n[extra]\nhidden = false\n+++\n${open}\n`,
    ...Object.fromEntries(
      [
        'draft = true',
        'private = true',
        'hidden = true',
        'password = "x"',
        'publish = false',
        'encrypted = true',
      ].map((way, index) => [`content/blog/way-${index}.md`, toml(`[extra]\n${way}`)]),
    ),
    'content/blog/parts.md': partly(
      `{% hidden() %}\n${marker}\n{% end %}\n\n{% encrypt(password="x") %}\n${marker}\n{% end %}\n\n{% private() %}${marker}{% end %}`,
    ),
  },
  'hexo: posts that are encrypted by their tags': {
    '_config.yml': `${hexo}encrypt:\n  tags:\n    - { name: encryptAsDiary, password: abc }\n    - { name: 日記, password: b }\n`,
    'source/_posts/open.md': shows('tags: [diary]'),
    'source/_posts/taken-out.md': shows('tags: [encryptAsDiary]\npassword: ""'),
    ...each('source/_posts', [
      'tags: [x, encryptAsDiary]',
      'tags: 日記',
      'tags: a, encryptAsDiary',
      'tags: [ENCRYPTASDIARY]',
      ...byKey,
    ]),
    'source/_posts/parts.md': partly(
      `{% encrypt %}\n${marker}\n{% endencrypt %}\n\n{% private %}${marker}{% endprivate %}`,
    ),
    'source/_posts/folded.md': partly(`{% hideToggle More %}\n${open}\n{% endhideToggle %}`),
  },
  'hexo: posts that are hidden by a key of the site’s own': {
    '_config.yml': `${hexo}hide_posts:\n  filter: quiet\n`,
    'source/_posts/open.md': shows('quiet: false'),
    ...each('source/_posts', ['quiet: true', 'hidden: true']),
  },
  'mkdocs: what is excluded': {
    'mkdocs.yml':
      'INHERIT: base.yml\nexclude_docs: |\n  blog/posts/a/\n  *.wip.md\ndraft_docs: |\n  blog/posts/b/\n  *_plan.md\n',
    'base.yml': `${material}plugins:\n  - blog\n  - meta\n  - exclude: { glob: ["blog/posts/c/*"], regex: ['.*\\.internal\\.md$'] }\n`,
    'docs/blog/posts/open.md': shows(),
    'docs/blog/posts/d/.meta.yml': 'draft: true\n',
    ...placed('docs/blog/posts/a/one.md', 'docs/blog/posts/q.wip.md', 'docs/blog/posts/b/one.md'),
    ...placed(
      'docs/blog/posts/the_plan.md',
      'docs/blog/posts/c/deep/one.md',
      'docs/blog/posts/q.internal.md',
    ),
    ...placed('docs/blog/posts/d/deep/one.md'),
  },
  'mkdocs: what is encrypted': {
    'mkdocs.yml': `${material}plugins:\n  - blog\n  - encryptcontent:\n      password_inventory: { secret: !ENV SECRET }\n`,
    'docs/blog/posts/open.md': shows('level:'),
    ...each('docs/blog/posts', [
      'level: secret',
      'obfuscate: abc',
      'password: abc',
      'use_secret: ENV',
      ...byKey,
    ]),
  },
  'pelican: settings that the program changes, or gives in a condition': {
    'pelicanconf.py': `${pelican}ARTICLE_EXCLUDES = []
ARTICLE_EXCLUDES.append('a')
ARTICLE_EXCLUDES.extend(['b'])
EXTRA_PATH_METADATA = {}
EXTRA_PATH_METADATA['c'] = {'status': 'draft'}
EXTRA_PATH_METADATA.update({'d': {'status': 'draft'}})
IGNORE_FILES = ['[pq]z.md', '?.[!a-w]ip.md']
if not DEBUG:
    IGNORE_FILES = ['*.secret.md']
    ARTICLE_EXCLUDES += ['e']
READERS = {'html': None}
`,
    'content/open.md': shows(),
    ...placed(
      'content/a/one.md',
      'content/b/one.md',
      'content/c/one.md',
      'content/d/one.md',
      'content/e/one.md',
    ),
    ...placed('content/pz.md', 'content/1.xip.md', 'content/q.secret.md'),
    'content/page.html': `<html><head><title>${marker}</title><meta name="date" content="2026-01-31"></head><body>${marker}</body></html>`,
  },
  'pelican: settings from other files, and with their types': {
    'pelicanconf.py': `from base.shared import *\nfrom os.path import join\n${pelican}EXTRA_PATH_METADATA: dict[str, dict] = {'c': {'status': 'draft'}}\n`,
    'base/shared.py': "from base.more import ARTICLE_EXCLUDES, PATH\nIGNORE_FILES: Final = ['*.wip.md']\n",
    'base/more.py': "ARTICLE_EXCLUDES = ['a']\nDEFAULT_METADATA = {'status': 'draft'}\n",
    'publishconf.py': "from pelicanconf import *\nARTICLE_EXCLUDES += ['b']\n",
    'content/open.md': shows(),
    ...placed('content/a/one.md', 'content/b/one.md', 'content/c/one.md', 'content/q.wip.md'),
  },
  'pelican: what is left out comes from a file that is not here': {
    'pelicanconf.py': `from elsewhere import ARTICLE_EXCLUDES\n${pelican}`,
    ...placed('content/one.md'),
  },
  'pelican: a list of what is left out that nobody can read': {
    'pelicanconf.py': `${pelican}ARTICLE_EXCLUDES = [name for name in os.listdir('content')]\n`,
    ...placed('content/one.md'),
  },
  'pelican: metadata that is there twice, or without quotation marks': {
    'pelicanconf.py': pelican,
    'content/open.md': `Title: ${open}\nDate: 2026-01-31\nStatus: published\n\n${open}\n`,
    'content/one.md': `Title: ${marker}\nDate: 2026-01-31\nStatus: draft\nStatus: published\n\n${marker}\n`,
    'content/two.html': `<html><head><title>${marker}</title><meta name=date contents='2026-01-31'><meta name=status contents=draft></head><body>${marker}</body></html>`,
    'content/three.html': `<html><head><title>${marker}</title><meta name="date" content="2026-01-31"><meta name="status" content="draft"><meta name="status" content="published"></head><body>${marker}</body></html>`,
  },
  'obsidian: templates, and a property without a value': {
    '.obsidian/app.json': '{}',
    '.obsidian/plugins/templater-obsidian/data.json': '{"templates_folder":"Meta/Moulds"}',
    '.obsidian/daily-notes.json': '{"template":"Meta/daily"}',
    'Open.md': shows('publish: true'),
    'Nothing.md': hides('publish:'),
    'Meta/Moulds/post.md': hides('publish: true'),
    'Meta/daily.md': hides('publish: true'),
  },
  'quartz: filters in one line': {
    'quartz.config.ts': quartz('Plugin.RemoveDrafts(), Plugin.ExplicitPublish()'),
    'content/open.md': shows('publish: true'),
    ...each('content', ['tags: [a]', 'publish:', 'draft: false']),
  },
  'quartz: a filter of one’s own': {
    'quartz.config.ts': quartz('Plugin.RemoveDrafts(), Plugin.OnlyFinished({ key: "finished" })'),
    'content/open.md': shows('publish: true'),
    'content/one.md': hides('finished: false'),
  },
  'quartz: one that is a remark': {
    'quartz.config.ts': quartz('\n Plugin.RemoveDrafts(),\n // Plugin.ExplicitPublish(),\n'),
    'content/open.md': shows(),
    'content/one.md': hides('draft: true'),
  },
  'quartz: its fifth version': {
    'quartz.config.yaml':
      'configuration: { baseUrl: a.broadsheet.example, ignorePatterns: [private] }\nplugins:\n  - { source: "github:quartz-community/explicit-publish", enabled: true }\n  - { source: "github:quartz-community/note-filter", enabled: false }\n',
    'content/open.md': shows('publish: true'),
    'content/one.md': hides(),
    'content/private/one.md': hides('publish: true'),
  },
  'docusaurus: no blog': {
    'docusaurus.config.js': docusaurus('false'),
    'blog/2026-01-31-one.md': hides(),
  },
  'docusaurus: what is excluded in translations': {
    'docusaurus.config.js': docusaurus("{ exclude: ['plans/**'] }"),
    'blog/2026-01-31-open.md': shows(),
    'i18n/fr/docusaurus-plugin-content-blog/2026-01-31-open.md': shows(),
    ...placed('blog/plans/one.md', 'i18n/fr/docusaurus-plugin-content-blog/plans/one.md'),
  },
  'vitepress: moulds of pages': {
    '.vitepress/config.ts': 'export default {}',
    'posts/open.md': shows(),
    'posts/[slug].md': hides(),
  },
  'gatsby: what the source leaves out': {
    'gatsby-config.js':
      "module.exports = { siteMetadata: { siteUrl: 'https://a.broadsheet.example' }, plugins: [{ resolve: 'gatsby-plugin-sitemap', options: { exclude: ['/open'] } }, { resolve: 'gatsby-source-filesystem', options: { path: 'content/blog', ignore: ['**/plans/**', /\\.wip\\.md$/] } }] }",
    'content/blog/open/index.md': shows(),
    ...placed('content/blog/plans/one.md', 'content/blog/q.wip.md'),
  },
  'nuxt: what sources and lists leave out': {
    'nuxt.config.ts':
      "export default defineNuxtConfig({ content: { ignores: ['later', '\\\\.wip\\\\.md$'] } })",
    'content.config.ts':
      "export default defineContentConfig({ collections: { blog: defineCollection({ type: 'page', source: { include: 'blog/**/*.md', exclude: ['blog/plans/**', '**/*.internal.md'] } }) } })",
    '.nuxtignore': 'content/blog/quiet/**\n',
    'content/blog/open.md': shows(),
    ...placed('content/blog/plans/one.md', 'content/blog/later/one.md', 'content/blog/q.wip.md'),
    ...placed('content/blog/quiet/one.md', 'content/blog/q.internal.md'),
  },
  'nextjs: what Contentlayer and Velite leave out': {
    'next.config.js': 'module.exports = {}',
    'contentlayer.config.ts': "makeSource({ contentDirPath: 'content', contentDirExclude: ['posts/plans'] })",
    'velite.config.ts':
      "defineConfig({ collections: { posts: { pattern: ['posts/**/*.md'], exclude: 'posts/later/*' } } })",
    'content/posts/open.md': shows(),
    ...placed('content/posts/plans/one.md', 'content/posts/later/one.md'),
  },
  'quarto: drafts, targets, names and blocks': {
    '_quarto.yml': `project:
  type: website
  output-dir: made
  render: ['*.md', '!posts/left/']
website:
  drafts: [posts/listed.md]
`,
    'posts/open.md': shows(),
    'posts/parts.md': partly(
      `:::: {.content-hidden unless-format="pdf"}\n${marker}\n\n::: {.note}\n${marker}\n:::\n\n${marker}\n::::\n\n::: {.content-hidden}\n${marker}\n:::\n\n::: {.content-visible when-format="pdf"}\n${marker}\n:::\n\n::: {.content-visible}\nSeen.\n:::\n\n::: {#part .content-visible when-profile="us"}\n${marker}\n:::\n\n[${marker}]{.content-hidden}`,
    ),
    'posts/later/_metadata.yml': 'draft: true\n',
    ...placed('posts/left/one.md', 'posts/listed.md', 'posts/_one.md', 'posts/_two/one.md', 'made/one.md'),
    ...placed('posts/later/one.md', '_site/one.md'),
  },
  'bridgetown: defaults, folders of its own, front matter in Ruby': {
    'bridgetown.config.yml': 'exclude: [src/_posts/left]\n',
    'src/_posts/2026-01-31-open.md': shows(),
    'src/_posts/later/_defaults.yml': 'published: false\n',
    'src/_posts/2026-01-31-ruby.md': `~~~ruby\nfront_matter do\n  published false\nend\n~~~\n\n${marker}\n`,
    ...placed('src/_posts/left/one.md', 'src/_posts/later/one.md', 'src/_data/one.md', 'plugins/one.md'),
    ...placed('src/_layouts/one.md', 'output/one.md'),
  },
  'middleman: what is ignored': {
    'config.rb':
      "activate :blog do |blog|\n  blog.prefix = 'posts'\nend\nignore 'posts/left/*'\nignore '/posts/one.html'\nignore %r{/wip-}\nignore /internal/\n# ignore 'posts/*'\n",
    'source/posts/open.html.md': shows(),
    ...placed('source/posts/left/one.html.md', 'source/posts/one.html.md', 'source/posts/wip-one.html.md'),
    ...placed('source/posts/internal.html.md', 'source/posts/_part.html.md', 'source/layouts/one.md'),
    'source/posts/two.html.md': hides('ignored: true'),
  },
  'middleman: a filter of one’s own': {
    'config.rb': 'activate :blog do |blog|\n  blog.filter = Proc.new { |article| article.data.ready }\nend\n',
    'source/posts/open.html.md': shows('published: true'),
    'source/posts/one.html.md': hides(),
  },
  'vuepress: patterns of pages, and paths with a password': {
    'docs/.vuepress/config.ts':
      "export default { pagePatterns: ['**/*.md', '!posts/left/**', '!.vuepress'], theme: hopeTheme({ encrypt: { config: { '/posts/locked/': ['1234'], '/posts/one.html': '5678' } } }) }",
    'docs/posts/open.md': shows(),
    'docs/posts/two.md': hides('isEncrypted: true'),
    ...placed('docs/posts/left/one.md', 'docs/posts/locked/one.md', 'docs/posts/one.md'),
  },
  'jekyll: comments around what is raw, in formulae, and pictures of what readers pay for': {
    '_config.yml': 'title: A\nurl: https://a.broadsheet.example\n',
    '_posts/2026-01-31-a.md': partly(
      `{% comment %}${marker} {% raw %}${marker}{% endcomment %} {% endraw %}`,
    ),
    '_posts/2026-01-31-b.md': partly(
      `{% comment %}${marker} {% raw %}{% endcomment %}${marker}{% endraw %}${marker}{% endcomment %}`,
    ),
    '_posts/2026-01-31-c.md': partly(
      `{% katex %}x^2 {% comment %}${marker}{% endcomment %}{% if false %}${marker}{% endif %}{% endkatex %}`,
    ),
    '_posts/2026-01-31-d.md': partly(`{% include members-only.html path="a.png" caption="${marker}" %}`),
  },
  'docusaurus: what stands far in': {
    'docusaurus.config.js': docusaurus('{}'),
    'blog/a.mdx': partly(`    <MembersOnly>${marker}</MembersOnly>\n\n    {/* ${marker} */}`),
  },
  'any: what is hidden in formulae': {
    'a.md': partly(`<script type="math/mml"><math><mi>x</mi><mi hidden>${marker}</mi></math></script>`),
    'b.md': partly(
      `<span class="katex"><math><mi>x</mi><mtext style="display:none">${marker}</mtext></math></span>`,
    ),
  },
  'any: components that are called so, and conditions of Vue': {
    'a.md': partly(`<Secret>${marker}</Secret>`),
    'b.md': partly(`<MembersOnly>\n\n${marker}\n\n</MembersOnly>`),
    'c.md': partly(`Words <draft>${marker}</draft> and <private-note class="x">${marker}</private-note>.`),
    'd.md': partly(
      `<div v-if="false">${marker}</div>\n\n<p v-show="isDev">${marker}</p>\n\n<p v-if="true">${open}</p>`,
    ),
    'e.md': partly(`<Encrypted password="x">${marker}</Encrypted>\n\n<ClientOnly>${open}</ClientOnly>`),
    'f.md': partly(`::members-only\n${marker}\n::\n\n:::private\n${marker}\n:::\n\n::card\n${open}\n::`),
  },
  'docusaurus: components and groups of alternatives': {
    'docusaurus.config.js': docusaurus("{ exclude: ['**/@(plans|later)/**', 'q+(x).md'] }"),
    'blog/2026-01-31-open.mdx': partly(
      `<MembersOnly\n  tier="a"\n>\n\n${marker}\n\n</MembersOnly>\n\n<Site.Draft>\n  ${marker} <Site.Draft>${marker}</Site.Draft> ${marker}\n</Site.Draft>`,
    ),
    ...placed('blog/plans/one.md', 'blog/later/one.md', 'blog/qxx.md'),
  },
  'vitepress: groups of alternatives': {
    '.vitepress/config.ts': "export default { srcExclude: ['**/@(TODO|NOTES).md', 'posts/!(open|two).md'] }",
    'posts/open.md': shows(),
    ...placed('posts/TODO.md', 'posts/one.md'),
  },
  'hexo: groups of alternatives': {
    '_config.yml': `${hexo}exclude: ['_posts/@(a|b).md']\nskip_render: '_posts/d/+(x|y).md'\nignore: '**/_posts/!(open|a|b)?(z).wip.md'\n`,
    'source/_posts/open.md': shows(),
    ...placed('source/_posts/a.md', 'source/_posts/d/xy.md', 'source/_posts/q.wip.md'),
  },
  'hugo: a day in the name, before which nothing is seen': {
    'hugo.yaml': `${hugo}frontmatter: { publishDate: [':filename', until], expiryDate: [over, ':default'] }\n`,
    'content/posts/open.md': shows(),
    'content/posts/2099-01-31-one.md': hides(),
    ...each('content/posts', ['until: 2099-01-31', 'over: 2026-02-01']),
  },
  'obsidian: comments behind signs of one in code': {
    '.obsidian/app.json': '{}',
    'A.md': partly(
      `\`\`\`\n%%\n\`\`\`\n\nWords %% ${marker} %% are here.\n\n\`%%\` and %%${marker}%%`,
      'publish: true',
    ),
    'B.md': partly(`%% ${marker}\n\n${marker}`, 'publish: true'),
  },
  'nikola: tags that say it, and what is made': {
    'conf.py': 'BLOG_TITLE = "A"\nPOSTS = (("posts/*.md", "posts", "post.tmpl"),)\nUSE_TAG_METADATA = True\n',
    'posts/open.md': shows('tags: [a]'),
    ...each('posts', ['tags: private', 'tags: [a, private]']),
    ...placed('output/posts/one.md', 'cache/one.md'),
  },
  'mkdocs: a password for all pages': {
    'mkdocs.yml': `${material}plugins:\n  - blog\n  - encryptcontent: { global_password: abc }\n`,
    'docs/blog/posts/open.md': shows('password:'),
    'docs/blog/posts/one.md': hides(),
  },
  'mkdocs: a password for all pages, in a file': {
    'mkdocs.yml': `${material}plugins:\n  - blog\n  - encryptcontent: { password_file: secrets.yml }\n`,
    'secrets.yml': '_global: abc\n',
    'docs/blog/posts/open.md': shows('level:'),
    'docs/blog/posts/one.md': hides(),
  },
}
