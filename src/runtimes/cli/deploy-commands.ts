import { type Command, Option } from 'commander'
import {
  acceptFlag,
  examples,
  folderArgument,
  portFlag,
  presetFlag,
  urlFlag,
  urlOption,
  workerNameFlag,
} from './command-flags.ts'
import { CommandFailure, exitCodes } from './exit.ts'
import { ownCommand } from './own-command.ts'
import { printable, type Terminal } from './terminal.ts'

/** The commands that publish to Cloudflare Workers, and try that out on this machine. */
export function addDeployCommands(
  program: Command,
  terminal: Terminal,
  setExitCode: (code: number) => void,
): void {
  program
    .command('deploy')
    .description('publish the folder to Cloudflare Workers, in one step')
    .addArgument(folderArgument())
    .option(
      '--name <worker>',
      'name of the Worker; default: made of the publication’s address',
      workerNameFlag,
    )
    .option('--domain', 'lead the host of the publication’s address to the Worker')
    .addOption(
      new Option('--plan <plan>', 'Cloudflare plan whose limits hold')
        .choices(['free', 'paid'])
        .default('free'),
    )
    .option(
      '--from <store>',
      'deploy a Worker that serves what is published to a bucket, r2://ACCOUNT/BUCKET/PREFIX; no folder is needed',
    )
    .option('--dry-run', 'do everything but upload; the ledger stays as it is')
    .option('--outdir <dir>', 'with --dry-run: keep what would be uploaded')
    .option('--no-upload', 'make .broadsheet/worker ready and record it, for a Worker of your own')
    .addOption(urlFlag())
    .addOption(presetFlag())
    .addOption(acceptFlag())
    .addHelpText(
      'after',
      examples(
        'broadsheet deploy articles --url https://news.example.org/ --dry-run',
        'broadsheet deploy --from r2://ACCOUNT/news --name news',
      ),
    )
    .action(async (named, options, command) => {
      const { deploy } = await import('./deploy.ts')
      setExitCode(await deploy(named, { ...options, url: urlOption(command) }, terminal))
    })

  program
    .command('dev')
    .description('look at the folder on this machine as it would be deployed; nothing is recorded')
    .addArgument(folderArgument())
    .option('--worker', 'in workerd, as on Cloudflare, instead of Node')
    .option('--drafts', 'not with --worker: show drafts and scheduled articles, too')
    .addOption(portFlag('port to listen on'))
    .addOption(urlFlag())
    .addOption(presetFlag())
    .addHelpText('after', examples('broadsheet dev articles --worker'))
    .action(async (named, { worker, ...options }, command) => {
      const given = { ...options, url: urlOption(command) }
      if (worker) {
        if (options.drafts)
          throw new CommandFailure(
            exitCodes.usage,
            '--worker shows what would be deployed, and drafts are not deployed.',
            {
              hint: `Look at them with: ${ownCommand()} serve ${named ? `${printable(named)} ` : ''}--drafts`,
            },
          )
        const { devWorker } = await import('./dev-worker.ts')
        return setExitCode(await devWorker(named, given, terminal))
      }
      const { serve } = await import('./serve.ts')
      setExitCode(await serve(named, { ...given, host: '127.0.0.1', preview: true }, terminal))
    })
}
