import { spawnSync } from 'node:child_process'
import { Option } from 'commander'
import { CommandFailure, exitCodes } from '../src/runtimes/cli/exit.ts'
import {
  acceptFlag,
  createCommand,
  folderArgument,
  runProgram,
  urlFlag,
  urlOption,
} from '../src/runtimes/cli/program.ts'
import { count, processTerminal as terminal } from '../src/runtimes/cli/terminal.ts'
import { limitProblems } from '../src/runtimes/worker/worker-limits.ts'
import { fillWorkerFolder, wranglerEnvironment } from './worker-folder.ts'

interface DeployOptions {
  dryRun?: boolean
  accept?: number
  outdir?: string
  name?: string
  plan: 'free' | 'paid'
}

const program = createCommand('npm run deploy --', terminal)
  .description(
    'Publishes a folder to Cloudflare Workers: static assets and a manifest, switched in one step.',
  )
  .addArgument(folderArgument())
  .addOption(urlFlag())
  .addOption(acceptFlag())
  .option('--name <worker>', 'name of the Worker, instead of the one in wrangler.toml')
  .addOption(
    new Option('--plan <plan>', 'Cloudflare plan whose limits hold')
      .choices(['free', 'paid'])
      .default('free'),
  )
  .option('--dry-run', 'do everything but upload')
  .option('--outdir <dir>', 'with --dry-run: keep what would be uploaded')
  .action(async (named: string | undefined, options: DeployOptions, command) => {
    const { bundle, urlFrom, url } = await fillWorkerFolder(named, {
      url: urlOption(command),
      ...(!options.dryRun && { record: { accept: options.accept ?? null } }),
    })
    if (urlFrom === 'preview')
      throw new CommandFailure(
        exitCodes.usage,
        'The publication has no address yet, and every link and id in it is made of one.',
        {
          hint: 'Set `url = "https://…/"` in broadsheet.toml, or give --url.',
        },
      )
    for (const path of bundle.unreadable) terminal.say(`warning: ${path} could not be read, and is left out.`)
    const problems = limitProblems(bundle, options.plan)
    if (problems.length > 0)
      throw new CommandFailure(exitCodes.findings, 'Cloudflare would refuse this. Nothing was uploaded.', {
        report: problems.join('\n'),
      })
    terminal.say(`${count(bundle.paths, 'path')} in ${count(bundle.files, 'asset')}, for ${url}`)
    const words = [
      'deploy',
      ...(options.name ? ['--name', options.name] : []),
      ...(options.dryRun ? ['--dry-run'] : []),
    ]
    if (options.outdir) words.push('--outdir', options.outdir)
    const { status } = spawnSync('wrangler', words, {
      stdio: 'inherit',
      env: wranglerEnvironment,
      shell: process.platform === 'win32',
    })
    process.exitCode = status ?? exitCodes.startUp
  })

const failed = await runProgram(program, process.argv.slice(2), terminal)
if (failed !== null) process.exitCode = failed
