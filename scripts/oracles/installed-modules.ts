import { execFile } from 'node:child_process'
import { existsSync, readFileSync, symlinkSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { promisify } from 'node:util'

/**
 * Systems written in JavaScript are no part of this project: they lie in a folder of their own, made by `npm install` there,
 * which the variable BROADSHEET_ORACLES names. Null where it is not set.
 */
export function installedVersion(name: string): string | null {
  const folder = process.env.BROADSHEET_ORACLES
  const file = folder && join(folder, 'node_modules', name, 'package.json')
  return file && existsSync(file) ? `${name} ${JSON.parse(readFileSync(file, 'utf8')).version}` : null
}

/**
 * Runs a program of ours (in `programs/`) beside the copy of a site, so that its settings and the program find the installed packages.
 * @param zone of the machine: people's is mostly that of their site
 * @returns what the program writes, as JSON
 */
export async function runBeside(
  program: string,
  folder: string,
  out: string,
  zone = 'UTC',
): Promise<unknown> {
  const modules = join(process.env.BROADSHEET_ORACLES ?? '', 'node_modules')
  for (const place of [dirname(folder), folder]) {
    const link = join(place, 'node_modules')
    if (!existsSync(link)) symlinkSync(modules, link)
  }
  const file = join(import.meta.dirname, 'programs', program)
  const facts = `${out}.json`
  const env = {
    ...process.env,
    TZ: zone,
    MODULES: modules,
    FACTS: facts,
    NO_UPDATE_NOTIFIER: '1',
    ASTRO_TELEMETRY_DISABLED: '1',
  }
  await promisify(execFile)(process.execPath, [file, folder, out], { cwd: folder, env, maxBuffer: 1 << 26 })
  return JSON.parse(readFileSync(facts, 'utf8'))
}

/** The part of a page that is the article, where its layout marks it. */
export function articleOf(html: string): string {
  return /<article[^>]*>([\s\S]*)<\/article>/.exec(html)?.[1] ?? html
}
