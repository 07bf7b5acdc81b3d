import { diagnose } from '../../model/diagnostic.ts'
import type { Preset, PresetFolder, PresetValues } from '../../model/preset.ts'
import { fileNameOf, folderOf } from '../../text/urls.ts'
import { escapedPath, ignorePatternsOf, isPattern } from '../ignore-file.ts'
import {
  below,
  firstData,
  firstFile,
  folderPath,
  isTable,
  readData,
  textAt,
  textsAt,
  valueAt,
} from '../preset-folder.ts'

type Hidden = Pick<Preset, 'ignorePatterns' | 'defaults'> & { hidingTerms?: string[]; told?: string }

/** A system by whose rules no folder is read here: what it hides is hidden all the same. */
interface UnreadSystem {
  name: string
  /** The settings file that tells it, the first that exists; and words that must be in it. */
  files: string[]
  says: RegExp
  hidden(folder: PresetFolder, file: { path: string; text: string }): Promise<Hidden>
}

const draft = (match: string): PresetValues => ({ match, values: { draft: true }, over: true })

/** https://quarto.org/docs/websites/website-drafts.html and /projects/quarto-projects.html#render-targets */
const quarto: UnreadSystem = {
  name: 'Quarto',
  files: ['_quarto.yml', '_quarto.yaml'],
  says: /./,
  async hidden(folder, { path, text }) {
    const data = readData(path, text)
    const left = textsAt(data, 'project', 'render').filter(glob => glob.startsWith('!'))
    const output = folderPath(textAt(data, 'project', 'output-dir') ?? '_site')
    return {
      ignorePatterns: [
        '(?:^|/)[_.]',
        ...ignorePatternsOf(left.map(glob => `/${glob.slice(1).replace(/^\//, '')}`).join('\n')),
        ...(output === '' ? [] : [`^${escapedPath(output)}/`]),
      ],
      defaults: [
        ...(await folderValues(folder, '', /^_metadata\.ya?ml$/)),
        ...textsAt(data, 'website', 'drafts').map(glob => draft(folderPath(glob))),
      ],
    }
  },
}

/** https://www.bridgetownrb.com/docs/content/front-matter-defaults */
const bridgetown: UnreadSystem = {
  name: 'Bridgetown',
  files: ['bridgetown.config.yml', 'bridgetown.config.yaml', 'config/initializers.rb'],
  says: /./,
  async hidden(folder, { path, text }) {
    const source = 'src'
    const excluded = path.endsWith('.rb') ? [] : textsAt(readData(path, text), 'exclude')
    const programs: PresetValues[] = []
    // Front matter that is a program in Ruby says what nobody runs here.
    for (const article of await folder.find(source, /\.(?:md|markdown|html)$/))
      if (/^\s*(?:[~`]{3}|###)\s*ruby\b/.test((await folder.text(article, 200)) ?? ''))
        programs.push(draft(article))
    return {
      ignorePatterns: [
        '^(?:plugins|config|frontend|server|bin|output)/',
        '^src/_(?:data|layouts|partials|components|drafts|includes)/',
        ...ignorePatternsOf(excluded.flatMap(glob => [`/${glob}`, `/${below(source, glob)}`]).join('\n')),
      ],
      defaults: [...(await folderValues(folder, source, /^_defaults\.(?:ya?ml|json)$/)), ...programs],
    }
  },
}

/** https://middlemanapp.com/basics/blogging/ */
const middleman: UnreadSystem = {
  name: 'Middleman',
  files: ['config.rb'],
  says: /^\s*(?:activate|ignore|configure|page|proxy)\b/m,
  async hidden(_, { text }) {
    const plain = text.replace(/^\s*#.*$/gm, '')
    const globs = [...plain.matchAll(/^\s*ignore\s*\(?\s*["']([^"'\n]+)["']/gm)].map(([, glob = '']) =>
      folderPath(glob.replace(/\.html$/, '')),
    )
    const patterns = [...plain.matchAll(/^\s*ignore\s*\(?\s*(?:%r\{([^{}\n]+)\}|\/((?:[^/\\\n]|\\.)+)\/)/gm)]
    // What a filter in Ruby leaves out nobody knows.
    const isFiltered = /\bblog\.filter\s*=/.test(plain)
    return {
      ignorePatterns: [
        '^source/(?:.*/)?_',
        '^source/layouts/',
        ...globs.flatMap(glob =>
          ignorePatternsOf(`/source/${glob}`).map(pattern =>
            pattern.replace(/\(\?:\/\.\*\)\?\$$/, '(?:[./].*)?$'),
          ),
        ),
        ...patterns.map(([, braces, slashes]) => braces ?? slashes ?? '').filter(isPattern),
      ],
      defaults: isFiltered ? [{ match: 'source/**', values: { published: false } }] : [],
      told: isFiltered
        ? ' What `blog.filter` leaves out is known to a program, which is not run: articles that do not say `published: true` are withheld.'
        : '',
    }
  },
}

/** https://vuepress.vuejs.org/reference/config.html#pagepatterns; the theme Hope encrypts by paths. */
const vuepress: UnreadSystem = {
  name: 'VuePress',
  files: ['', 'docs/', 'src/'].flatMap(root =>
    ['ts', 'js', 'mts', 'mjs', 'cjs'].map(ending => `${root}.vuepress/config.${ending}`),
  ),
  says: /./,
  async hidden(folder, { path, text }) {
    const root = folderOf(folderOf(path))
    const theme = await firstFile(
      folder,
      ...['ts', 'js'].map(ending => below(folderOf(path), `theme.${ending}`)),
    )
    const whole = `${text}\n${theme?.text ?? ''}`
    const left = [...whole.matchAll(/["'`]!([^"'`\n]+)["'`]/g)].map(([, glob = '']) => glob)
    const encrypted = /\bencrypt\b\s*:/.test(whole)
      ? [...whole.matchAll(/["'`](\/[^"'`\n]*)["'`]\s*:\s*(?:\[|["'`{])/g)].map(([, place = '']) => place)
      : []
    return {
      ignorePatterns: ignorePatternsOf(left.map(glob => `/${below(root, folderPath(glob))}`).join('\n')),
      defaults: [
        ...encrypted.flatMap(place => {
          const at = below(root, folderPath(place.replace(/\.html$/, '')))
          return at === '' ? [] : [draft(at), draft(`${at}.*`), draft(`${at}/**`)]
        }),
        ...(/\bencrypt\b[\s\S]{0,200}?\bglobal\s*:\s*true/.test(whole) ? [draft('**')] : []),
      ],
    }
  },
}

/** https://getnikola.com/handbook.html#drafts: of old, tags said it. */
const nikola: UnreadSystem = {
  name: 'Nikola',
  files: ['conf.py'],
  says: /^(?:POSTS|PAGES)\s*=/m,
  async hidden(_, { text }) {
    const areTags = /^USE_TAG_METADATA\s*=\s*True\b/m.test(text)
    return {
      ignorePatterns: ['^(?:output|cache|themes|templates|plugins|listings)/'],
      defaults: [],
      hidingTerms: areTags ? ['draft', 'private'] : [],
    }
  },
}

const unreadSystems = [quarto, bridgetown, middleman, vuepress, nikola]

/** What the settings of such a system hide, and that it is not read otherwise; empty where there is none. */
export async function hiddenByUnread(
  folder: PresetFolder,
): Promise<Pick<Preset, 'ignorePatterns' | 'defaults' | 'hidingTerms' | 'findings'> | null> {
  const names = new Set(await folder.names(''))
  for (const { name, files, says, hidden } of unreadSystems) {
    const there = files.filter(path => names.has(path.replace(/\/.*$/, '')))
    const file = there.length === 0 ? null : await firstFile(folder, ...there)
    if (!file || !says.test(file.text)) continue
    const { told = '', hidingTerms = [], ...read } = await hidden(folder, file)
    const message = `This is a site of ${name}, by whose rules no folder is read: what ${file.path} hides is left out, and addresses are Broadsheet's own.${told}`
    const hint = `Write the addresses into broadsheet.toml (permalink = "/posts/{slug}/"), and look through what is published.`
    const findings: Preset['findings'] = [
      diagnose('system-setting-unknown', { path: file.path }, message, hint),
    ]
    return { ...read, hidingTerms, findings }
  }
  return null
}

/** Front matter that files in folders give to all below them. */
async function folderValues(folder: PresetFolder, root: string, name: RegExp): Promise<PresetValues[]> {
  const paths = (await folder.find(root, name)).filter(path => name.test(fileNameOf(path)))
  paths.sort((one, other) => one.split('/').length - other.split('/').length)
  const all = paths.map(async path => {
    const given = await firstData(folder, path)
    const inside = valueAt(given, 'values')
    return { match: below(folderOf(path), '**'), values: isTable(inside) ? { ...given, ...inside } : given }
  })
  return Promise.all(all)
}
