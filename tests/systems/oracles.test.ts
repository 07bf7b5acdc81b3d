import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { differences, type Judgement } from '../../scripts/oracles/judgement.ts'
import { type Checked, judgementOf } from '../../scripts/oracles/ours.ts'
import { broadsheet } from '../runtimes/command-line.ts'

const fixtures = join(import.meta.dirname, '../fixtures/oracles')
const read = (path: string) => (existsSync(path) ? JSON.parse(readFileSync(path, 'utf8')) : {})

/**
 * Sites of other systems, with what the real system made of each, in `SITE.json`: `npm run oracles` asked it. What is meant
 * to be other is in `SITE.reasons.json`.
 */
describe.each(readdirSync(fixtures))('as the real %s does', system => {
  const sites = readdirSync(join(fixtures, system), { withFileTypes: true }).filter(entry =>
    entry.isDirectory(),
  )
  test.each(sites.map(({ name }) => name))('%s', async name => {
    const folder = join(fixtures, system, name)
    const theirs: Judgement = read(`${folder}.json`)
    const { out } = await broadsheet('check', folder, '--json')
    const ours = judgementOf(JSON.parse(out) as Checked)
    expect(Object.keys(theirs)).not.toEqual([])
    expect(differences(theirs, ours, read(`${folder}.reasons.json`))).toEqual([])
  })
})
