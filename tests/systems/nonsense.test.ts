import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { stringify } from 'yaml'
import type { PresetFolder } from '../../src/model/preset.ts'
import { readSettings } from '../../src/settings/settings.ts'
import { astro } from '../../src/systems/astro/astro.ts'
import { docusaurus } from '../../src/systems/docusaurus/docusaurus.ts'
import { eleventy } from '../../src/systems/eleventy/eleventy.ts'
import { hexo } from '../../src/systems/hexo/hexo.ts'
import { hugo } from '../../src/systems/hugo/hugo.ts'
import { jekyll } from '../../src/systems/jekyll/jekyll.ts'
import { pelican } from '../../src/systems/pelican/pelican.ts'
import { recognisePreset } from '../../src/systems/recognise-preset.ts'
import type { System } from '../../src/systems/system.ts'
import { vitepress } from '../../src/systems/vitepress/vitepress.ts'
import { zola } from '../../src/systems/zola/zola.ts'

/** A folder of a few files, in memory. */
function memoryFolder(files: Record<string, string>): PresetFolder {
  const paths = Object.keys(files)
  const below = (folder: string) => paths.filter(path => folder === '' || path.startsWith(`${folder}/`))
  return {
    now: () => 0,
    names: async folder => [
      ...new Set(below(folder).map(path => path.slice(folder === '' ? 0 : folder.length + 1).split('/')[0]!)),
    ],
    find: async (folder, name) =>
      below(folder).filter(path => name.test(path.slice(path.lastIndexOf('/') + 1))),
    text: async path => files[path] ?? null,
  }
}

const python = (value: unknown): string => {
  if (value === null || value === undefined) return 'None'
  if (typeof value === 'boolean') return value ? 'True' : 'False'
  if (Array.isArray(value)) return `[${value.map(python).join(', ')}]`
  if (typeof value === 'object')
    return `{${Object.entries(value)
      .map(([key, entry]) => `${JSON.stringify(key)}: ${python(entry)}`)
      .join(', ')}}`
  return typeof value === 'number' ? String(value) : JSON.stringify(value)
}

/** Settings in JavaScript: what JSON can write, and what only a program says. */
const script = (value: unknown): string => {
  if (typeof value === 'string' && value.startsWith('(')) return `call(${JSON.stringify(value)}, x => [x)`
  if (Array.isArray(value)) return `[${value.map(script).join(', ')}, ...more, mdx()]`
  if (value !== null && typeof value === 'object')
    return `{ ${Object.entries(value)
      .map(([key, entry]) => `${JSON.stringify(key)}: ${script(entry)}`)
      .join(', ')}, method() { return { draft: true } } }`
  return JSON.stringify(value) ?? 'undefined'
}
const module = (table: Record<string, unknown>) => `export default defineConfig(${script(table)})\n`

const nonsense = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.constantFrom(
    ':',
    ':x',
    '/:sections[',
    '((',
    '[a-',
    '\\',
    '../..',
    '{slug',
    '{date:%',
    '**',
    '__proto__',
    'constructor',
    '9'.repeat(400),
  ),
  fc.jsonValue({ maxDepth: 6 }),
)

interface Written {
  system: System
  files(table: Record<string, unknown>): Record<string, string>
}

const written: Written[] = [
  {
    system: hugo,
    files: table => ({
      'hugo.yaml': stringify(table),
      'content/posts/_index.md': `---\n${stringify(table)}---\n`,
      'content/posts/a.md': '',
    }),
  },
  { system: jekyll, files: table => ({ '_config.yml': stringify(table), '_posts/2024-01-01-a.md': '' }) },
  {
    system: zola,
    files: table => ({
      'config.toml': `base_url = "x"\n`,
      'zola.toml': `base_url = "x"\n[extra]\nx = ${JSON.stringify(stringify(table))}`,
      'content/_index.md': `---\n${stringify(table)}---\n`,
    }),
  },
  {
    system: pelican,
    files: table => ({
      'pelicanconf.py': Object.entries(table)
        .map(([name, value]) => `${name} = ${python(value)}`)
        .join('\n'),
    }),
  },
]

const scripted: Written[] = [
  { system: hexo, files: table => ({ '_config.yml': stringify(table), 'source/_posts/a.md': '' }) },
  {
    system: eleventy,
    files: table => ({
      'eleventy.config.js': `export default function (c) {\n  c.addGlobalData("draft", ${script(table)});\n  c.addPreprocessor("x", "*", ${script(table)});\n  return ${script(table)}\n}\n`,
      'posts/posts.json': JSON.stringify(table),
      'posts/a.11tydata.js': module({ eleventyComputed: table, permalink: table }),
      '_includes/l.njk': `---\n${stringify(table)}---\n`,
      'posts/a.md': '',
    }),
  },
  {
    system: astro,
    files: table => ({
      'astro.config.mjs': module(table),
      'src/content.config.ts': `const blog = defineCollection({ loader: glob(${script(table)}) })`,
      'src/content/blog/a.md': '',
      'src/pages/blog/[...slug].astro': `---\nexport const getStaticPaths = async () => (await getCollection("blog", ({ data }) => ${script(table)})).filter(${script(table)}).map(post => (${script(table)}))\n---\n`,
      'src/pages/rss.xml.js': `for (const post of await getCollection("blog")) { if (${script(table)}) continue\n${script(table)} }`,
    }),
  },
  {
    system: docusaurus,
    files: table => ({
      'docusaurus.config.js': module({ ...table, presets: [['classic', { blog: table }]] }),
      'blog/authors.yml': stringify(table),
      'blog/a.md': '',
    }),
  },
  { system: vitepress, files: table => ({ '.vitepress/config.mts': module(table), 'posts/a.md': '' }) },
]

/** `a.b` into tables. */
function nested(flat: Record<string, unknown>): Record<string, unknown> {
  const table: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(flat)) {
    const keys = name.split('.')
    let inside = table
    for (const key of keys.slice(0, -1)) {
      if (typeof inside[key] !== 'object' || inside[key] === null || Array.isArray(inside[key]))
        inside[key] = {}
      inside = inside[key] as Record<string, unknown>
    }
    inside[keys.at(-1)!] = value
  }
  return table
}

/** Beginnings that nothing ends, what calls itself, what doubles each time. */
const endless = [
  ...[
    '(',
    '[',
    '{',
    'a<',
    '`${',
    '/[',
    '!',
    'a.',
    '(a)=>',
    'a?b:',
    'f(',
    '/*',
    '"',
    'if(a){',
    'new ',
    'async ',
  ],
  ...['else ', '...', 'const {a:', 'z.object({a:', '.filter(x=>x.data.a)', 'for(const a of b)', 'class '],
  ...['b=b+b;', 'b=[...b,...b];', 'b=[b,b,b];b.includes(b);', 'b={...b,x:b,y:b};f(b);', 'if(b.c)return b;'],
].map(piece => piece.repeat(50_000 / piece.length))

test('programs of pages that have no end are read in time', { timeout: 60_000 }, async () => {
  for (const program of [...endless, 'const f = b => f(b) || f(b) || f(b)\nreturn getCollection("a", f)']) {
    const text = `export const getStaticPaths = async () => { let b = await getCollection("blog"); ${program}`
    const folder = memoryFolder({
      'astro.config.mjs': 'export default {}',
      'src/content.config.ts': program,
      'src/content/blog/a.md': '',
      'src/pages/blog/[...slug].astro': `---\n${text}`,
      'src/pages/rss.xml.js': `import rss from "@astrojs/rss"\n${text.replace('getStaticPaths', 'GET')}`,
    })
    const { preset } = await recognisePreset(folder, null)
    expect(JSON.stringify(preset.programs).length).toBeLessThan(1_000_000)
  }
})

test('so are those of other systems', { timeout: 60_000 }, async () => {
  const more = [
    'allMarkdownRemark(filter:{',
    'x.transform({a:',
    'fields:{"a(":{default:true}},',
    'hexo.extend.',
  ]
  for (const program of [
    ...endless.filter((_, index) => index % 4 === 0),
    ...more.map(piece => piece.repeat(3_000)),
  ])
    for (const files of programsOf(program)) {
      const folder = memoryFolder({ ...files, 'posts/a.md': '', 'content/posts/a.md': '', 'blog/a.md': '' })
      const { preset } = await recognisePreset(folder, null)
      expect(JSON.stringify(preset.programs).length).toBeLessThan(1_000_000)
    }
})

/** Sites of several systems, with a program in each place where one may say what is shown. */
const programsOf = (program: string): Record<string, string>[] => [
  {
    'eleventy.config.js': `export default function (c) { c.addPreprocessor("a", "*", data => { let b = data; ${program}`,
    '_data/eleventyComputed.js': `export default { permalink: data => ${program}`,
  },
  {
    'gatsby-config.js': '',
    'gatsby-node.js': `exports.createPages = async ({ graphql }) => { let b = await graphql(\`${program}`,
  },
  {
    'next.config.js': '',
    'contentlayer.config.js': `export const Post = defineDocumentType(() => ({ ${program}`,
    'app/[slug]/page.tsx': program,
  },
  {
    '.vitepress/config.ts': 'export default {}',
    'posts.data.ts': `export default createContentLoader("*", { transform(b) { ${program}`,
  },
  {
    'docusaurus.config.js': `export default { presets: [["classic", { blog: { processBlogPosts({ blogPosts: b }) { ${program}`,
  },
  { '_config.yml': '', 'source/_posts/a.md': '', 'scripts/a.js': program },
]

describe('nonsense in every setting', () => {
  test.each([...written, ...scripted])('$system.name', async ({ system, files }) => {
    const names = Object.keys(system.settings)
    await fc.assert(
      fc.asyncProperty(
        fc.dictionary(fc.constantFrom(...names), nonsense, { maxKeys: names.length }),
        async flat => {
          const folder = memoryFolder(files(nested(flat)))
          const reading = await recognisePreset(folder, { name: system.name, from: 'the test' })
          const { site, problems } = readSettings('url = "https://a.broadsheet.example/"\n', {
            preset: reading,
          })
          expect(problems).toEqual([])
          for (const pattern of site!.preset.ignorePatterns) new RegExp(pattern, 'u')
          for (const { path, message, hint } of site!.preset.findings)
            expect([path, message, hint].every(Boolean)).toBe(true)
        },
      ),
      { numRuns: 150 },
    )
  })

  test.each([
    ['hugo.toml', 'baseURL = "https://a.example.net/"\npermalinks = 5\nignoreFiles = true\n', 3],
    ['docusaurus.config.js', 'export default {\n  title: "x",\n  baseUrl: ["/"],\n}\n', 3],
    [
      'astro.config.mjs',
      'export default defineConfig({\n  integrations: [mdx()],\n  base: { a: 1 },\n})\n',
      3,
    ],
    ['_config.yml', 'url: https://a.example.net\nexclude:\n  - 1\npermalink: [a, b]\n', 4],
  ])('%s: a setting of the wrong kind is named with its line', async (path, text, line) => {
    const { preset } = await recognisePreset(memoryFolder({ [path]: text, 'content/a.md': '' }), null)
    expect(preset.findings).toMatchObject([{ code: 'system-setting-type', path, line }])
  })

  test('a language of Hugo may have any name', async () => {
    const files = { 'hugo.toml': '[languages."["]\nweight = 1\n', 'content/a.md': '' }
    const { preset } = await recognisePreset(memoryFolder(files), null)
    expect(preset.name).toBe('hugo')
  })

  test('settings that can’t be read withhold everything', async () => {
    const { preset } = await recognisePreset(
      memoryFolder({ 'hugo.toml': 'title = "\n', 'content/a.md': '' }),
      null,
    )
    expect(preset.findings).toMatchObject([{ code: 'system-settings-invalid', path: 'hugo.toml', line: 1 }])
    expect(preset.defaults).toMatchObject([{ match: '**', values: { draft: true }, over: true }])
  })
})
