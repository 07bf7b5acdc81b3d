import { feedFormatNames, feedFormats } from '../../model/formats.ts'
import type { Site } from '../../model/site.ts'
import type { Inspection } from '../../publish/inspect.ts'
import { safeJson } from '../../text/escape.ts'
import { ownCommand } from './own-command.ts'
import type { LoadedSettings, PublicationFolder } from './publication-folder.ts'
import type { ServeLog } from './serve-log.ts'
import { countsOf, whyNothing } from './summary.ts'
import { count, type Terminal } from './terminal.ts'

export interface IntroductionOptions {
  json?: boolean
  /** It was asked for. */
  preview?: boolean
  drafts?: boolean
}

/** What a server says when it begins: what is published, where it is read, and how to subscribe. */
export function introduce(
  folder: PublicationFolder,
  site: Site,
  inspection: Inspection,
  localUrl: string,
  options: IntroductionOptions & Pick<LoadedSettings, 'urlFrom'>,
  log: ServeLog,
): void {
  const { terminal } = log
  const { style } = terminal
  const { totals } = inspection
  const base = new URL(new URL(site.url).pathname, localUrl).href
  log.say('published', `${style('bold', site.title)}, from ${folder.shown}: ${countsOf(totals)}.`, {
    ...totals,
  })
  const shown = site.preview ? previewWords(options, site) : ` as ${site.url}`
  const feeds = Object.fromEntries(
    feedFormatNames.map(name => [name, `${site.url}${feedFormats[name].file}`]),
  )
  const started = { url: base, publication: site.url, feeds }
  log.say('serving', `Serving at ${style('cyan', base)}${shown}. Ctrl+C ends it.`, started)
  if (options.json) {
    terminal.out(`${safeJson({ ...started, totals })}\n`)
    return
  }
  if (log.forPeople) inviteReaders(site, terminal)
  const [nothing, ...reasons] = whyNothing(inspection)
  if (nothing) log.warn('nothing-published', [nothing, ...reasons.map(line => `  ${line}`)].join('\n'))
  const { errors, warnings, rejected } = totals
  if (log.forPeople && rejected + errors + warnings > 0)
    terminal.say(
      `\n${count(errors, 'error')} and ${count(warnings, 'warning')}: ${ownCommand()} check ${folder.shown} shows them.`,
    )
  else if (reasons.length > 0) terminal.say(`  ${ownCommand()} check ${folder.shown} lists each file.`)
}

/** What is shown, and for whom. */
function previewWords({ preview, drafts, urlFrom }: Parameters<typeof introduce>[4], { url }: Site): string {
  if (!preview)
    return urlFrom === 'preview'
      ? ' (a preview: the publication has no `url` yet)'
      : ` as ${url} (a preview: no ids are kept for ${new URL(url).hostname}, which is everybody’s; a \`url\` of your own, or \`tag_authority\`, keeps them)`
  return drafts
    ? ' (a preview for this machine, with drafts and scheduled articles; nothing is recorded or sent)'
    : ' (a preview for this machine: what is published now; nothing is recorded or sent)'
}

function inviteReaders({ url }: Site, terminal: Terminal): void {
  terminal.say('\nTo subscribe, give one of these to a feed reader:')
  for (const name of feedFormatNames) {
    const { file, title } = feedFormats[name]
    terminal.out(`  ${title.padEnd(14)} ${url}${file}\n`)
  }
}
