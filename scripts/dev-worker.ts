import { spawn } from 'node:child_process'
import { Option } from 'commander'
import {
  createCommand,
  folderArgument,
  portNumber,
  runProgram,
  urlFlag,
  urlOption,
} from '../src/runtimes/cli/program.ts'
import { processTerminal as terminal } from '../src/runtimes/cli/terminal.ts'
import { fillWorkerFolder, wranglerEnvironment } from './worker-folder.ts'

const program = createCommand('npm run dev:worker --', terminal)
  .description('Serves a folder from the Worker in workerd on this machine, without any network.')
  .addArgument(folderArgument())
  .addOption(
    new Option('-p, --port <number>', 'port to listen on')
      .env('BROADSHEET_PORT')
      .default(8787)
      .argParser(portNumber),
  )
  .addOption(urlFlag())
  .action(async (named: string | undefined, { port }: { port: number }, command) => {
    await fillWorkerFolder(named, { url: urlOption(command), previewUrl: `http://localhost:${port}/` })
    const child = spawn(
      'wrangler',
      ['dev', '--local', '--ip', '127.0.0.1', '--port', String(port), '--show-interactive-dev-session=false'],
      {
        stdio: 'inherit',
        env: { ...wranglerEnvironment, CLOUDFLARE_CF_FETCH_ENABLED: 'false' },
        shell: process.platform === 'win32',
      },
    )
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => child.kill(signal))
    child.on('exit', code => {
      process.exitCode = code ?? 0
    })
  })

const failed = await runProgram(program, process.argv.slice(2), terminal)
if (failed !== null) process.exitCode = failed
