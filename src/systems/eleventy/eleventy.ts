import { type Diagnostic, diagnose } from '../../model/diagnostic.ts'
import { contentRule, type PresetFolder } from '../../model/preset.ts'
import { isHiddenName } from '../../text/hidden-names.ts'
import { lineAt } from '../../text/text-place.ts'
import { normalisePath } from '../../text/urls.ts'
import { ignorePatternsOf } from '../ignore-file.ts'
import { javaScriptConfig } from '../javascript-config.ts'
import { articleFoldersAmong, below, firstName, folderPath, readData, textAt } from '../preset-folder.ts'
import { unreadFilters } from '../programs/program-findings.ts'
import type { System } from '../system.ts'
import type { KnownSettings } from '../system-settings.ts'
import { type DataNames, folderData } from './data-cascade.ts'
import { type EleventyCall, eleventyCall } from './eleventy-call.ts'
import { eleventyPrograms } from './eleventy-programs.ts'
import { globalData, includedParts } from './global-data.ts'
import { siteFacts } from './site-facts.ts'
import { isWhileWriting } from './while-writing.ts'

/** https://www.11ty.dev/docs/config/#default-filenames */
const settingsFiles = [
  '.eleventy.js',
  'eleventy.config.js',
  'eleventy.config.mjs',
  'eleventy.config.cjs',
  'eleventy.config.ts',
]

const known = {
  'dir.input': 'text',
  'dir.data': 'text',
  'dir.includes': 'text',
  'dir.layouts': 'text',
  'dir.output': 'text',
  pathPrefix: 'text',
} as const satisfies KnownSettings

/** https://www.11ty.dev/docs/permalinks/ and /docs/data-cascade/ */
export const eleventy: System = {
  name: 'eleventy',
  settings: known,
  async recognise(folder) {
    const file = await firstName(folder, settingsFiles)
    if (file) return `${file} lies in the folder`
    const call = await eleventyCall(folder)
    return call && (call.config ? `package.json calls it with ${call.config}` : 'package.json calls it')
  },
  async read(folder) {
    const call = await eleventyCall(folder)
    const files = call?.config ? [call.config, ...settingsFiles] : settingsFiles
    const { settings, path, text, mustKnow } = await javaScriptConfig(folder, files, known)
    settings.findings.push(...(await outsideOf(call, folder)))
    mustKnow(/^dir\.(?:input|data|includes|layouts)$/)
    const said = (
      method: string,
      key: 'dir.input' | 'dir.data' | 'dir.includes' | 'dir.layouts' | 'dir.output',
    ) => new RegExp(`\\.${method}\\(\\s*["'\`]([^"'\`$]+)["'\`]`).exec(text)?.[1] ?? settings.text(key)
    const input = call?.input ?? folderPath(said('setInputDirectory', 'dir.input') ?? '')
    const beneath = (written: string) => normalisePath(below(input, folderPath(written))) ?? ''
    const data = beneath(said('setDataDirectory', 'dir.data') ?? '_data')
    const inside = ['setIncludesDirectory', 'setLayoutsDirectory'].map((method, index) =>
      beneath(said(method, index === 0 ? 'dir.includes' : 'dir.layouts') ?? '_includes'),
    )
    const output = call?.output ?? folderPath(said('setOutputDirectory', 'dir.output') ?? '_site')
    // Where one of them is the input folder itself, the articles lie in it all the same.
    const beside = [output, data, ...inside].filter(
      path => path !== '' && !`${input}/`.startsWith(`${path}/`),
    )
    const folders = await articleFolders(input, beside, folder)
    const programs = await eleventyPrograms(path, input, data, folder)
    const cascade = await folderData(input, beside, dataNames(text), folder, programs.understood)
    const globals = await globalData({ path, text }, data, inside, folder, programs)
    settings.findings.push(...cascade.findings, ...globals.findings, ...unreadFilters(programs.rules))
    return {
      settings: {
        ...(await siteFacts(text, data, input, folder)),
        base: call?.pathPrefix ?? settings.text('pathPrefix'),
        // https://www.11ty.dev/docs/dates/: a date without zone is UTC.
        timezone: 'UTC',
      },
      preset: {
        content: folders.map(path =>
          contentRule({ match: below(path, '**'), root: input, permalinks: ['/{folder_stem}/'] }),
        ),
        ignore: [...beside.map(path => `${path}/**`), ...ignoredBy(text, input)],
        ignorePatterns: await ignoredFiles(folder),
        dialect: 'eleventy',
        onlyKeys: { permalink: ['permalink'] },
        addressEnd: 'no-index',
        addressClock: 'utc',
        roots: [...copiedRoots(text, input), input, ''],
        defaults: cascade.defaults,
        records: cascade.records,
        cascade: globals.cascade,
        programs: programs.rules,
        // A date anywhere in the path is the article's.
        pathMetadata: [{ pattern: '(?<date>\\d{4}-\\d{2}-\\d{2})', of: 'path', root: input }],
        markup: {
          family: /markdownTemplateEngine["']?\s*:\s*false/.test(text) ? 'none' : 'eleventy',
          values: globals.values,
          includes: await includedParts(inside[0] ?? '', folder),
          own: globals.own,
          ...((await hasAttributes(text, folder)) && { blockAttributes: 'end' }),
        },
        markdownExtras: (await indentsAreText(text, folder)) ? ['indents-are-text'] : [],
        feeds: [
          { from: '/feed/feed.xml', to: '/atom.xml' },
          { from: '/feed/', to: '/atom.xml' },
          { from: '/feed.xml', to: '/atom.xml' },
          { from: '/feed/feed.json', to: '/feed.json' },
        ],
        findings: settings.findings,
      },
    }
  },
}

/** Without the folder of the articles nobody knows what is one; what is written elsewhere is none. */
async function outsideOf(call: EleventyCall | null, folder: PresetFolder): Promise<Diagnostic[]> {
  const written = (await folder.text('package.json')) ?? ''
  return (call?.outside ?? []).map(({ option, written: path }) => {
    const place = { path: 'package.json', line: lineAt(written, written.indexOf(`${option}`)) }
    const what = `"${option} ${path}" names a place by the machine's root, or outside of this folder`
    return option === '--input'
      ? diagnose(
          'system-settings-invalid',
          place,
          `${what}: nobody knows which files are the site's.`,
          'Write it from this folder on (`--input content`), or name the folder that the articles lie in to Broadsheet.',
        )
      : diagnose(
          'system-setting-unknown',
          place,
          `${what}: it was read as if it were not there.`,
          `Write it from this folder on: \`${option} …\`.`,
        )
  })
}

/** https://github.com/arve0/markdown-it-attrs, which many sites have and Eleventy has not. */
async function hasAttributes(config: string, folder: PresetFolder): Promise<boolean> {
  return /markdown-?it-?attr/i.test(config + ((await folder.text('package.json')) ?? ''))
}

/** Since Eleventy 2, unless the settings say otherwise. https://www.11ty.dev/docs/languages/markdown/#indented-code-blocks */
async function indentsAreText(config: string, folder: PresetFolder): Promise<boolean> {
  const packages = readData('package.json', (await folder.text('package.json')) ?? '')
  const version = ['dependencies', 'devDependencies']
    .map(kind => textAt(packages, kind, '@11ty/eleventy'))
    .find(text => text !== null)
  return !/^[~^=v ]*[01]\b/.test(version ?? '') && !/\.enable\(\s*["'`]code["'`]/.test(config)
}

function dataNames(config: string): DataNames {
  const [, base = null] = /\.setDataFileBaseName\(\s*["'`]([^"'`]+)["'`]/.exec(config) ?? []
  const [, written] = /\.setDataFileSuffixes\(\s*\[([^\]]*)\]/.exec(config) ?? []
  const suffixes = [...(written ?? '').matchAll(/["'`]([^"'`]*)["'`]/g)].map(([, suffix = '']) => suffix)
  return { base, suffixes: written === undefined ? ['.11tydata', ''] : suffixes }
}

/** `eleventyConfig.ignores.add("src/notes/**")`, if it counts for what is put on the site. */
const ignoredBy = (config: string, input: string): string[] =>
  [...config.matchAll(/\.ignores\.add\(\s*["'`]([^"'`$]+)["'`]/g)].flatMap(({ index, 1: written = '' }) => {
    if (isWhileWriting(config, index)) return []
    const path = folderPath(written)
    return [path, below(path, '**'), below(input, path)]
  })

/** https://www.11ty.dev/docs/ignores/: Git's list counts as well. */
async function ignoredFiles(folder: PresetFolder): Promise<string[]> {
  const lists = await Promise.all(['.eleventyignore', '.gitignore'].map(name => folder.text(name)))
  return lists.flatMap(list => ignorePatternsOf(list ?? ''))
}

/**
 * What is copied as it is: `addPassthroughCopy("src/img")` keeps its place below the input, `{ "./public/": "/" }` names another.
 * https://www.11ty.dev/docs/copy/
 */
function copiedRoots(config: string, input: string): string[] {
  const roots: string[] = []
  for (const [, table = ''] of config.matchAll(/\.addPassthroughCopy\(\s*\{([^{}]*)\}/g))
    for (const [, from = '', to = ''] of table.matchAll(/["'`]([^"'`]+)["'`]\s*:\s*["'`]([^"'`]*)["'`]/g)) {
      const [source, target] = [folderPath(from.replace(/\*.*$/, '')), folderPath(to)]
      if (target === '') roots.push(source)
      else if (source.endsWith(`/${target}`)) roots.push(source.slice(0, -target.length - 1))
    }
  return roots.filter(root => root !== input)
}

/** Folders called so in the input folder, or one level below it (`content/blog`); the whole input where there is none. */
async function articleFolders(input: string, beside: string[], folder: PresetFolder): Promise<string[]> {
  const names = (await folder.names(input)).filter(
    name => !isHiddenName(name) && !name.startsWith('_') && !beside.includes(below(input, name)),
  )
  const telling = articleFoldersAmong(names)
  if (telling.length < names.length) return telling.map(name => below(input, name))
  const inner = below(input, 'content')
  const deeper = names.includes('content') ? await folder.names(inner) : []
  const found = articleFoldersAmong(deeper)
  return found.length < deeper.length ? found.map(name => below(inner, name)) : [input]
}
