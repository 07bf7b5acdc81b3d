import { relative, resolve, sep } from 'node:path'
import { fileURLToPath } from 'node:url'

/** What decides how this program is called from here. */
export interface CallingPlace {
  /** The folder of the program's own manifest. */
  home: string
  /** Whether it is the package that runs; in the repository the sources do. */
  isPackage: boolean
  cwd: string
  env: Record<string, string | undefined>
}

/**
 * The words that run this program once more where it was run, so that a message never names a command that is not there: `npx broadsheet` where
 * npx ran it or a project holds it, `npm run -s broadsheet --` in its own repository, `broadsheet` where it is installed for all.
 */
export function ownCommand({ home, isPackage, cwd, env }: CallingPlace = callingPlace()): string {
  const root = resolve(home)
  const here = resolve(cwd)
  if (!isPackage)
    return here === root
      ? 'npm run -s broadsheet --'
      : `node ${relative(here, resolve(root, 'src/runtimes/cli.ts'))}`
  const [, project] = /^(.*?)[/\\]node_modules[/\\]/.exec(root) ?? []
  const isInProject = project !== undefined && `${here}${sep}`.startsWith(`${project}${sep}`)
  return env.npm_command === 'exec' || isInProject ? 'npx broadsheet' : 'broadsheet'
}

function callingPlace(): CallingPlace {
  const home = fileURLToPath(new URL('../../../', import.meta.url))
  return { home, isPackage: import.meta.url.endsWith('.js'), cwd: process.cwd(), env: process.env }
}
