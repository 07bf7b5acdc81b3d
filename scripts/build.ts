import { execFileSync } from 'node:child_process'
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import type { Metafile } from 'esbuild'
import { bundleProgram } from './bundle.ts'

/* Makes dist/: a declaration for each module by tsc, what runs by esbuild, and the licences of what went into it. */
rmSync('dist', { recursive: true, force: true })
execFileSync(process.execPath, ['node_modules/typescript/bin/tsc', '-p', 'tsconfig.build.json'], {
  stdio: 'inherit',
})
writeFileSync('dist/THIRD-PARTY-LICENSES.txt', licencesOf(await bundleProgram('dist')))

/** What the licences of the packages whose code is in the files ask for: that they go with it. */
function licencesOf({ inputs }: Metafile): string {
  const packages = new Set(
    Object.keys(inputs).flatMap(path => /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1] ?? []),
  )
  return [...packages]
    .sort()
    .map(name => `${name}\n\n${licenceOf(`node_modules/${name}`)}`)
    .join(`\n${'-'.repeat(80)}\n\n`)
}

function licenceOf(folder: string): string {
  const file = readdirSync(folder).find(name => /^licen[cs]e/i.test(name))
  if (!file) throw new Error(`${folder} has no licence: it can't go with the package.`)
  return `${readFileSync(`${folder}/${file}`, 'utf8').trim()}\n`
}
