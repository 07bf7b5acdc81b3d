import type { Author, Enclosure, Field, LeadImage } from '../model/article.ts'
import { type Diagnostic, diagnose, type Place } from '../model/diagnostic.ts'
import { mediaTypeAt } from '../model/formats.ts'
import {
  cleanLine,
  cleanLines,
  type HygieneFinding,
  type Hygienic,
  isBlank,
  removeForbidden,
} from '../text/hygiene.ts'
import { isMailAddress, nameInMail } from '../text/mail-address.ts'
import { documentUrl } from '../text/urls.ts'

/** Passes every field of one article through the hygiene gate, and says what the gate did. */
export class FieldCleaner {
  private readonly path: string
  private readonly diagnostics: Diagnostic[]

  constructor(path: string, diagnostics: Diagnostic[]) {
    this.path = path
    this.diagnostics = diagnostics
  }

  /** A field of one line; undefined where nothing is left of it. */
  line(field: Field<string> | undefined, name: string): Field<string> | undefined {
    return field && this.cleaned(field, cleanLine(field.value), name)
  }

  /** A text of several lines. */
  lines(field: Field<string> | undefined, name: string): Field<string> | undefined {
    return field && this.cleaned(field, cleanLines(field.value.trim()), name)
  }

  /** Each entry once, blank ones left out. */
  list(field: Field<string[]> | undefined, name: string): Field<string[]> | undefined {
    if (!field) return undefined
    const values = field.value.map(value => this.text(value, name, field.line)).filter(Boolean)
    return values.length > 0 ? { ...field, value: [...new Set(values)] } : undefined
  }

  /** A list whose every entry has a page and feeds of its own, and stands in every one of them: with the square of its length. */
  /** @param length characters of the article, which each term's feeds carry */
  terms(field: Field<string[]> | undefined, name: string, length = 0): Field<string[]> | undefined {
    const list = this.list(field, name)
    return list && { ...list, value: this.upToLimit(list.value, name, list.line, length) }
  }

  /** @param length as for `terms` */
  authors(field: Field<Author[]> | undefined, length = 0): Field<Author[]> | undefined {
    if (!field) return undefined
    const text = (value: string | null) =>
      value === null ? null : this.text(value, 'author', field.line) || null
    const value = field.value.flatMap(({ name, url, email, role }) => {
      const cleanName = text(nameInMail(name))
      if (!cleanName) return []
      const address = this.authorUrl(text(url), cleanName, field.line)
      return [
        {
          name: cleanName,
          url: address,
          email: this.email(text(email), cleanName, field.line),
          role: text(role),
        },
      ]
    })
    return value.length > 0
      ? { ...field, value: this.upToLimit(eachOnce(value), 'authors', field.line, length) }
      : undefined
  }

  /** What is said of a picture; its address is resolved elsewhere. */
  image(field: Field<LeadImage> | undefined): Field<LeadImage> | undefined {
    if (!field) return undefined
    const { alt, type, length, width, height } = field.value
    const value = {
      ...field.value,
      alt: this.text(alt, 'image description', field.line),
      type: type !== null && mediaType.test(type) ? type : null,
      length: countOf(length),
      width: countOf(width),
      height: countOf(height),
    }
    return { ...field, value }
  }

  /** What is said of files that go with the article; their addresses are resolved elsewhere. */
  enclosures(field: Field<Enclosure[]> | undefined): Field<Enclosure[]> | undefined {
    if (!field) return undefined
    const value = field.value.map(({ url, type, length, title, duration }) => ({
      url,
      type: this.mediaType(type, url, field.line),
      length: countOf(length),
      title: title === null ? null : this.text(title, 'enclosure title', field.line) || null,
      duration: countOf(duration),
    }))
    return { ...field, value }
  }

  private upToLimit<T>(values: T[], name: string, line: number | null, length = 0): T[] {
    const most = Math.min(maxTerms, Math.max(termsOfAny, Math.floor(largestSpread / Math.max(1, length))))
    if (values.length <= most) return values
    const why =
      most < maxTerms ? ` Each has feeds with all ${length.toLocaleString('en')} characters of it.` : ''
    const message = `${values.length} ${name} are named; the first ${most} were taken.${why}`
    this.diagnostics.push(diagnose('list-too-long', { path: this.path, line }, message))
    return values.slice(0, most)
  }

  /** Readers choose a player by the type: one that is none is no help, and no valid document can carry it. */
  private mediaType(given: string, url: string, line: number | null): string {
    if (mediaType.test(given)) return given
    const type = mediaTypeAt(url) ?? 'application/octet-stream'
    const message = `"${given}" is not a media type; ${type} stands in for it.`
    this.diagnostics.push(diagnose('front-matter-type', { path: this.path, line }, message))
    return type
  }

  /** Relative addresses of authors are nobody's: readers show the author without the article. */
  private authorUrl(url: string | null, name: string, line: number | null): string | null {
    const address = url && documentUrl(url)
    if (url && !address)
      this.diagnostics.push(
        diagnose(
          'link-unresolved',
          { path: this.path, line },
          `"${url}", the address of ${name}, is not an http address; it was left out.`,
        ),
      )
    return address
  }

  private email(email: string | null, name: string, line: number | null): string | null {
    if (!email || isMailAddress(email)) return email
    this.diagnostics.push(
      diagnose(
        'front-matter-type',
        { path: this.path, line },
        `"${email}", the mail address of ${name}, is none; it was left out.`,
      ),
    )
    return null
  }

  /** Keys we know nothing of, their strings made fit for any document: the publisher's own elements carry them. */
  extra(values: Record<string, unknown>): Record<string, unknown> {
    return this.record(values, key => key)
  }

  private record(
    values: Record<string, unknown>,
    nameOf: (key: string) => string,
    depth = 0,
  ): Record<string, unknown> {
    return Object.fromEntries(
      Object.entries(values).map(([key, value]) => {
        const cleaned = removeForbidden(key).text
        return [cleaned, this.deeply(value, nameOf(cleaned), depth)]
      }),
    )
  }

  private deeply(value: unknown, name: string, depth: number): unknown {
    if (typeof value === 'string') {
      const { text, findings } = cleanLines(value)
      this.report(findings, name, null)
      return text
    }
    if (value === null || typeof value !== 'object') return value
    if (depth > maxDepth) return null
    if (Array.isArray(value)) return value.map(entry => this.deeply(entry, name, depth + 1))
    return this.record(value as Record<string, unknown>, () => name, depth + 1)
  }

  private text(value: string, name: string, line: number | null): string {
    const { text, findings } = cleanLine(value)
    this.report(findings, name, line)
    return isBlank(text) ? '' : text
  }

  private cleaned(
    field: Field<string>,
    { text, findings }: Hygienic,
    name: string,
  ): Field<string> | undefined {
    this.report(findings, name, field.line)
    return isBlank(text) ? undefined : text === field.value ? field : { ...field, value: text }
  }

  private report(findings: HygieneFinding[], name: string, line: number | null) {
    for (const finding of findings)
      this.diagnostics.push(hygieneDiagnostic(finding, `the ${name}`, { path: this.path, line }))
  }
}

const maxTerms = 100
/** Characters of one article in the feeds of its tags, or of its authors, all together: a long text with many of them would fill a disk. */
const largestSpread = 10_000_000
/** So many of each the longest article may have. */
const termsOfAny = 10
/** Levels of a value that nobody writes by hand: aliases in YAML make any number of them. */
const maxDepth = 20

/** RFC 6838 §4.2 names, with parameters. */
const mediaType =
  /^[a-z\d][\w!#$&^.+-]{0,126}\/[a-z\d][\w!#$&^.+-]{0,126}(?: *; *[\w!#$&^.+-]+=(?:[\w!#$&^.+-]+|"[^"\\]*"))*$/i
/** One who is named twice is one author. */
function eachOnce(authors: Author[]): Author[] {
  const names = new Set<string>()
  return authors.filter(({ name }) => !names.has(name) && names.add(name))
}

function countOf(value: number | null): number | null {
  return value !== null && Number.isSafeInteger(value) && value >= 0 ? value : null
}

/** What the gate did, in words. */
export function hygieneDiagnostic(
  { kind, characters, count }: HygieneFinding,
  where: string,
  place: Place,
): Diagnostic {
  const listed = characters.slice(0, 5).join(', ')
  return kind === 'bidi'
    ? diagnose(
        'bidi-unbalanced',
        place,
        `A direction control in ${where} is never closed; ${listed} was added.`,
      )
    : diagnose(
        'character-forbidden',
        place,
        `${count === 1 ? 'A character' : `${count} characters`} in ${where} can't stand in XML (${listed}): white space became a space, the rest was removed.`,
      )
}
