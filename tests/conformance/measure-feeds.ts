import { execFileSync, spawnSync } from 'node:child_process'
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { hostileCorpus } from '../support/hostile-corpus.ts'
import { judgeDocuments } from '../support/judge-documents.ts'
import { publishCorpus } from '../support/publish-corpus.ts'

/*
 * The hostile corpus before other people's judges: libxml2, expat, the schema of RFC 4287 and the W3C feed validator. None
 * of them comes with this repository:
 *
 *   node tests/conformance/measure-feeds.ts --feedvalidator DIR --rng FILE
 *
 * DIR is `src` of a clone of github.com/w3c/feedvalidator (needs python3-html5lib); FILE is the RELAX NG schema of RFC 4287,
 * appendix B, in XML syntax (`trang` converts the compact one). Without an option its judge is left out, and that is said.
 * Exits 1 where there is an error, or a warning of a kind that is not explained below.
 */
const { values } = parseArgs({
  options: {
    feedvalidator: { type: 'string' },
    rng: { type: 'string' },
    python: { type: 'string', default: '/usr/bin/python3' },
    keep: { type: 'boolean', default: false },
  },
})

/** Why a kind of warning is right as it is. What a text holds is its author's: words are never altered for a warning. */
const explanations: Record<string, string> = {
  ArchiveIncomplete:
    'The oldest archive has no prev-archive, for nothing precedes it; next-archive is optional (RFC 5005 §4), and would change a document that is never to change.',
  BadCharacters:
    'The corpus has U+0080 to U+009F and U+FFFD in every field. XML 1.0 §2.2 allows them, so they stay.',
  CharacterData:
    '`&` and `<` are hexadecimal references, as it asks; it looks at the wrong line, because it ends lines at LF alone and XML at CR, too.',
  ContainsHTML:
    'The corpus has `<b>` and the like in names and titles; they are text, and escaped twice-safe as the RSS profile recommends.',
  ContainsUndeclaredHTML:
    'The same in Atom, where type="text" (RFC 4287 §3.1.1.1) says that they are not HTML.',
  DuplicateUpdated:
    'Articles of one instant: the corpus has a dozen duplicates, and many that name no time but the day.',
  ImplausibleDate: 'The corpus has the years 1 to 9999.',
  NonCanonicalURI:
    'Ids of an earlier program are compared character by character (RFC 4287 §4.2.6.1), so they stay as given.',
  NotHtml: 'The same characters in a body; HTML parsers accept them with a parse error.',
  NotSufficientlyUnique: 'The corpus has the given ids "0", "x:y" and such, which stay as given.',
  SchemeNotIANARegistered:
    'The corpus has given ids of schemes that nobody registered; an id is not an address.',
  UnknownNamespace: "The corpus's settings add elements of a namespace of its own.",
  'limit of the validator':
    'Its pattern of addresses knows no IP literals (RFC 3986 §3.2.2): `https://[::1]/a`.',
}

const { publication } = await publishCorpus(hostileCorpus())
const own = judgeDocuments(publication.documents)
const folder = mkdtempSync(join(tmpdir(), 'broadsheet-feeds-'))
const xml = publication.documents.filter(({ path }) => path.endsWith('.xml'))
const files = xml.map(({ path, body }, index) => {
  const file = join(folder, `${String(index).padStart(5, '0')}-${path.split('/').at(-1)}`)
  mkdirSync(folder, { recursive: true })
  writeFileSync(file, body)
  return { path, file }
})
const atom = files.filter(({ path }) => path.endsWith('/atom.xml'))
console.log(`${own.feeds} feeds with ${own.items} items, ${files.length} XML documents`)
let errors = own.problems.length
console.log(`own judges: ${own.problems.length} broken rules`)

/** Runs a program over many files at a time; every line it says but `… validates` is an error. */
function judge(name: string, program: string, args: string[], paths: string[]) {
  const complaints: string[] = []
  for (let start = 0; start < paths.length; start += 100) {
    const run = spawnSync(program, [...args, ...paths.slice(start, start + 100)], {
      encoding: 'utf8',
      maxBuffer: 2 ** 28,
    })
    if (run.error) throw run.error
    const lines = `${run.stdout}\n${run.stderr}`.split('\n')
    // xmllint exits 0 on an undeclared prefix, so what it says counts.
    complaints.push(...lines.filter(line => line.trim() !== '' && !line.endsWith(' validates')))
  }
  errors += complaints.length
  console.log(`${name}: ${paths.length} documents, ${complaints.length} complaints`)
  for (const complaint of complaints.slice(0, 10)) console.log(`  ${complaint.slice(0, 300)}`)
}

const paths = files.map(({ file }) => file)
judge('libxml2', 'xmllint', ['--noout', '--huge'], paths)
judge('expat', values.python, ['-c', expatProgram()], paths)
if (values.rng)
  judge(
    'RELAX NG of RFC 4287',
    'xmllint',
    ['--noout', '--huge', '--relaxng', values.rng],
    atom.map(({ file }) => file),
  )
else console.log('RELAX NG of RFC 4287: left out, --rng is not given')
if (values.feedvalidator) validate(values.feedvalidator)
else console.log('W3C feed validator: left out, --feedvalidator is not given')
if (values.keep) console.log(`kept in ${folder}`)
else rmSync(folder, { recursive: true })
process.exitCode = errors > 0 ? 1 : 0

function validate(directory: string) {
  const feeds = files.filter(({ path }) => /\/(?:rss|atom)\.xml$/.test(path))
  const list = join(folder, 'list.txt')
  const base = (path: string) => new URL(path.slice(1), publication.url).href
  writeFileSync(list, feeds.map(({ path, file }) => `${file}\t${base(path)}`).join('\n'))
  const out = execFileSync(values.python, ['-W', 'ignore', '-c', validatorProgram(), directory, list], {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  })
  const kinds: { kind: string; name: string; element: string; count: number; example: string }[] =
    JSON.parse(out)
  const found = kinds.filter(({ kind }) => kind === 'error').reduce((sum, { count }) => sum + count, 0)
  errors += found
  console.log(`W3C feed validator: ${feeds.length} documents, ${found} errors`)
  for (const [kind, found] of Map.groupBy(kinds, ({ kind, name }) => (kind === 'warning' ? name : kind))) {
    const count = found.reduce((sum, { count }) => sum + count, 0)
    const places = found.map(({ element, count }) => `${element} ${count}`).join(', ')
    console.log(`  ${kind}: ${count} (${places})\n    such as ${found[0]!.example}`)
    console.log(`    ${explanations[kind] ?? 'NOT EXPLAINED'}`)
    if (!explanations[kind]) errors += count
  }
}

function expatProgram(): string {
  return `
import sys, xml.parsers.expat
for path in sys.argv[1:]:
    try:
        parser = xml.parsers.expat.ParserCreate(namespace_separator=' ')
        parser.ParseFile(open(path, 'rb'))
    except Exception as error:
        print(path, error)
`
}

function validatorProgram(): string {
  return `
import collections, json, sys
sys.path.insert(0, sys.argv[1])
import feedvalidator
feedvalidator.MAXDATALENGTH = 10 ** 9
from feedvalidator.logging import Error, Warning, ValidationFailure
counts, examples = collections.Counter(), {}
for line in open(sys.argv[2]):
    path, base = line.rstrip('\\n').split('\\t')
    try:
        events = feedvalidator.validateStream(open(path, 'rb'), firstOccurrenceOnly=0, base=base)['loggedEvents']
    except ValidationFailure as failure:
        events = [failure.event]
    for event in events:
        kind = 'error' if isinstance(event, Error) else 'warning' if isinstance(event, Warning) else None
        if not kind: continue
        # Its patterns know no IP literals (RFC 3986 3.2.2) behind a scheme.
        if kind == 'error' and '[::1]' in str(event.params.get('value') or event.params): kind = 'limit of the validator'
        key = (kind, event.__class__.__name__, '%s in %s' % (event.params.get('element'), event.params.get('parent')))
        counts[key] += 1
        examples.setdefault(key, '%s line %s: %s' % (base, event.params.get('line'), str(event.params.get('value'))[:120]))
print(json.dumps([dict(kind=k[0], name=k[1], element=k[2], count=n, example=examples[k]) for k, n in sorted(counts.items())]))
`
}
