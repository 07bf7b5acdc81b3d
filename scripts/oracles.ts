import { cpSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { astroJudge } from './oracles/astro.ts'
import { docusaurusJudge } from './oracles/docusaurus.ts'
import { eleventyJudge } from './oracles/eleventy.ts'
import { hexoJudge } from './oracles/hexo.ts'
import { hugoJudge } from './oracles/hugo.ts'
import { jekyllJudge } from './oracles/jekyll.ts'
import { differences, type Judge, type Judgement } from './oracles/judgement.ts'
import { judgeOurs } from './oracles/ours.ts'
import { pelicanJudge } from './oracles/pelican.ts'
import { vitepressJudge } from './oracles/vitepress.ts'

/*
 * Asks the real systems: npm run oracles -- [SYSTEM [SITE]] [--update | --kept]
 * Each folder in tests/fixtures/oracles/SYSTEM is a site. It is built by its own system and read by Broadsheet, and what
 * people see is compared. Systems written in JavaScript lie in a folder of their own, made by npm install (scripts/oracles/SYSTEM.ts says of
 * what), which BROADSHEET_ORACLES names. --update keeps what the system did in SITE.json beside it: the tests compare with that, and need
 * no other system. Zola is in no package registry: its pairs are written from its documentation and its source. --kept compares with what was kept, without asking. SITE.reasons.json names the differences that are meant.
 */
const judges: Judge[] = [
  hugoJudge,
  jekyllJudge,
  pelicanJudge,
  eleventyJudge,
  hexoJudge,
  docusaurusJudge,
  vitepressJudge,
  astroJudge,
]
const fixtures = join(import.meta.dirname, '../tests/fixtures/oracles')
const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { update: { type: 'boolean' }, kept: { type: 'boolean' } },
})
const [wanted, site] = positionals

let failed = 0
let behaviours = 0
for (const judge of judges.filter(({ name }) => !wanted || name === wanted)) {
  const version = await judge.version()
  if (version === null) {
    console.log(`${judge.name}: not installed here, so not asked.`)
    continue
  }
  console.log(`${judge.name}: ${version}`)
  const folder = join(fixtures, judge.name)
  const names = readdirSync(folder, { withFileTypes: true }).filter(entry => entry.isDirectory())
  for (const { name } of names) if (!site || name === site) await ask(judge, join(folder, name), name)
}
console.log(`${behaviours} files judged, ${failed} differences without a reason.`)
process.exitCode = failed > 0 ? 1 : 0

async function ask(judge: Judge, folder: string, name: string): Promise<void> {
  const kept = `${folder}.json`
  const asked = values.kept
    ? Promise.resolve<Judgement>(JSON.parse(readFileSync(kept, 'utf8')))
    : judged(judge, folder)
  const theirs = await asked.catch(error => {
    console.log(`  ${name}: could not be built: ${causeOf(String(error.stderr || error))}`)
    return null
  })
  if (theirs === null) {
    failed++
    return
  }
  const text = `${JSON.stringify(sorted(theirs), null, 2)}\n`
  if (values.update) writeFileSync(kept, text)
  else if (!existsSync(kept) || readFileSync(kept, 'utf8') !== text)
    console.log(`  ${name}: the system does otherwise than ${name}.json says (--update keeps what it does).`)
  const reasons = existsSync(`${folder}.reasons.json`)
    ? JSON.parse(readFileSync(`${folder}.reasons.json`, 'utf8'))
    : {}
  const ours = await judgeOurs(folder)
  const found = differences(theirs, ours, reasons)
  const files = new Set([...Object.keys(theirs), ...Object.keys(ours)])
  behaviours += files.size
  failed += found.length
  console.log(`  ${name}: ${Object.keys(theirs).length} published, ${found.length} differences.`)
  for (const { path, fact, theirs, ours } of found)
    console.log(`    ${path}: ${fact}: there ${JSON.stringify(theirs)}, here ${JSON.stringify(ours)}`)
}

/** The line of a program's complaints that names the error. */
function causeOf(said: string): string {
  const lines = said.split('\n').filter(line => line.trim() !== '')
  return (lines.find(line => /error\b|cannot|problem/i.test(line)) ?? lines[0] ?? '').trim()
}

async function judged(judge: Judge, folder: string): Promise<Judgement> {
  const work = mkdtempSync(join(tmpdir(), `broadsheet-oracle-${judge.name}-`))
  try {
    cpSync(folder, join(work, 'site'), { recursive: true })
    return await judge.judge(join(work, 'site'), join(work, 'out'))
  } finally {
    rmSync(work, { recursive: true, force: true })
  }
}

function sorted(judgement: Judgement): Judgement {
  return Object.fromEntries(Object.entries(judgement).sort(([one], [other]) => (one < other ? -1 : 1)))
}
