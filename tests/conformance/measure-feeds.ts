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
 * Exits 1 where there is an error.
 */
const { values } = parseArgs({
  options: {
    feedvalidator: { type: 'string' },
    rng: { type: 'string' },
    python: { type: 'string', default: '/usr/bin/python3' },
    keep: { type: 'boolean', default: false },
  },
})

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
  for (const { kind, name, element, count, example } of kinds)
    console.log(`  ${kind} ${name} ${element}: ${count}, as in ${example}`)
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
