import type { BodyFinding, SanitisedBody } from '../html/sanitise.ts'
import { type Diagnostic, diagnose, type Place } from '../model/diagnostic.ts'
import { articleMark, inLanguage, titledMark, unknownMark } from '../systems/preset-links.ts'
import { textPlace } from '../text/text-place.ts'
import { decodePath } from '../text/urls.ts'
import type { ArticleFile } from './assemble.ts'
import { hygieneDiagnostic } from './field-cleaner.ts'
import { whereItLeads } from './missing-media.ts'

/** So many findings of one file are told one by one. */
const maxTold = 20

/**
 * What the body lost and which of its links lead nowhere, with the place in the file where that is found first.
 * @param source the HTML that was sanitised; of an HTML file every line and column is the file's own
 */
export function bodyDiagnostics(body: SanitisedBody, source: string, file: ArticleFile): Diagnostic[] {
  const diagnostics = body.findings
    .filter(({ code }) => code !== 'html-simplified')
    .slice(0, maxTold)
    .map(finding => diagnose(codeOf(finding), placeOf(finding, source, file), messageOf(finding)))
  const simplified = body.findings.filter(({ code }) => code === 'html-simplified')
  const [first] = simplified
  if (first) {
    const what = simplified
      .map(({ what }) => what)
      .slice(0, 10)
      .join(', ')
    diagnostics.push(
      diagnose(
        'html-simplified',
        placeOf(first, source, file),
        `Looks were left out and the text was kept: ${what}.`,
      ),
    )
  }
  diagnostics.push(...linksAsText(body, file))
  for (const finding of body.hygiene) {
    const at = file.text.search(finding.kind === 'forbidden' ? forbiddenCharacter : directionControl)
    diagnostics.push(hygieneDiagnostic(finding, 'the body', placeAt(at, file)))
  }
  return diagnostics
}

/** Links of a wiki's outside a vault are no links: readers see their brackets. What stands in code is meant so. */
function linksAsText(body: SanitisedBody, file: ArticleFile): Diagnostic[] {
  if (file.format !== 'markdown' || !body.text.includes('[[')) return []
  const shown = body.html.replace(/<(pre|code)\b[\s\S]*?<\/\1>/g, '')
  const links = new Set([...shown.matchAll(/!?\[\[[^[\]\n<>]+\]\]/g)].map(([link]) => link))
  return [...links]
    .slice(0, maxTold)
    .map(link =>
      diagnose(
        'link-as-text',
        placeAt(file.text.indexOf(link), file),
        `"${link}" stands in the text as it is written: it is a link in vaults of Obsidian and Quartz only.`,
      ),
    )
}

/** As a person wrote it: a tag's or a wiki link's target without our own marks. */
const written = (link: string) =>
  link.startsWith(articleMark)
    ? decodePath(link.slice(articleMark.length).replace(inLanguage, '').replace(titledMark, ''))
    : link.replaceAll(unknownMark, '…')

const codeOf = ({ code }: BodyFinding) => (code === 'embed-linked' ? 'html-sanitised' : code)

function messageOf({ code, what: link, count }: BodyFinding): string {
  const what = written(link)
  const times = count === 1 ? '' : ` (${count} times)`
  if (code === 'media-missing' || code === 'media-outside') return `"${what}"${times} ${whereItLeads[code]}.`
  if (code === 'link-unresolved') return `"${what}"${times} leads to no address that is known here.`
  if (/^[\w+.-]+:$/.test(what)) return `Left out: an address that begins with "${what}"${times}.`
  if (code === 'html-hidden') return `Left out, since the page hides it: ${what}${times}.`
  return code === 'embed-linked'
    ? `Left out: ${what}${times}; a link to what it shows stands in its place.`
    : `Left out: ${what}${times}.`
}

// Where a body's finding most likely stands in the file. Written as a reference (`&#12;`) it is not found there.
const forbiddenCharacter = /[\x00-\x08\v\f\x0e-\x1f\ufffe\uffff]/
const directionControl = /[\u202a-\u202b\u202d-\u202e\u2066-\u2068]/

function placeOf({ what, offset }: BodyFinding, source: string, file: ArticleFile): Place {
  if (file.format === 'html') return placeAt(offset, { ...file, text: source })
  // Rendering keeps no places: the first that reads like it in the file.
  const needle = written(what).replace(/>.*$/, '').toLowerCase()
  return placeAt(needle === '' ? -1 : file.text.toLowerCase().indexOf(needle), file)
}

function placeAt(at: number, { path, text }: ArticleFile): Place {
  if (at === -1) return { path }
  return { path, ...textPlace(text, at) }
}
