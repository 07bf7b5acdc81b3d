import { Argument, type Command, Option } from 'commander'
import {
  acceptFlag,
  alsoLine,
  assertNoFolder,
  examples,
  folderArgument,
  jsonFlag,
  metricsPlace,
  numberFirst,
  portFlag,
  presetFlag,
  singleWriterFlag,
  urlFlag,
  urlOption,
  wholeNumber,
} from './command-flags.ts'
import { addDeployCommands } from './deploy-commands.ts'
import { CommandFailure, exitCodes } from './exit.ts'
import { objectPlaceForm } from './object-place-form.ts'
import { addStoreCommand, positiveNumber } from './store-commands.ts'
import type { Terminal } from './terminal.ts'

/** Adds a command to the program. What it does is loaded when it is asked for. */
type AddCommand = (program: Command, terminal: Terminal, setExitCode: (code: number) => void) => void

const addServeCommand: AddCommand = (program, terminal, setExitCode) => {
  program
    .command('serve')
    .description('publish the folder, watch it, and serve it to readers')
    .addArgument(folderArgument())
    .addOption(portFlag('port to listen on; 0 takes a free one'))
    .addOption(
      new Option('--host <address>', 'address to listen on; :: is every one, of IPv4 too')
        .env('BROADSHEET_HOST')
        .default('127.0.0.1'),
    )
    .addOption(
      new Option('--socket <path>', 'socket in the file system to listen on, instead of host and port').env(
        'BROADSHEET_SOCKET',
      ),
    )
    .addOption(
      new Option(
        '--metrics <place>',
        'host:port or socket for /metrics and /readyz, instead of the settings’ own',
      )
        .env('BROADSHEET_METRICS')
        .argParser(metricsPlace),
    )
    .addOption(
      new Option('--log <kind>', 'what is said on stderr, instead of the settings’ own')
        .choices(['text', 'json', 'requests'])
        .env('BROADSHEET_LOG'),
    )
    .option('--preview', 'look at it on this machine: local addresses, nothing recorded or sent')
    .addOption(
      new Option('--drafts', 'a preview that shows drafts and scheduled articles, too').implies({
        preview: true,
      }),
    )
    .option('--to <store>', 'publish to a store as well, from which others serve; its ledger counts')
    .addOption(singleWriterFlag())
    .option('--from <store>', `serve what somebody publishes there, without a folder: ${objectPlaceForm}`)
    .option('--poll <seconds>', 'with --from: between two looks for something newer', positiveNumber, 5)
    .option(
      '--workers <number>',
      'with --from: processes that share the port, one for each core',
      positiveNumber,
      1,
    )
    .addOption(urlFlag())
    .addOption(presetFlag())
    .addOption(acceptFlag())
    .addOption(jsonFlag())
    .addHelpText('after', examples('broadsheet serve', 'broadsheet serve articles --port 8080'))
    .action(async (named, options, command) => {
      if (options.from !== undefined) {
        assertNoFolder('serve', named, options.from)
        const { serveByWorkers } = await import('./serve-workers.ts')
        return setExitCode(await serveByWorkers(options, terminal))
      }
      if (options.workers > 1)
        throw new CommandFailure(
          exitCodes.usage,
          '--workers goes with --from: one process looks after a folder.',
          {
            hint: 'Publish to a store with --to, and serve from it with --from and --workers.',
          },
        )
      const { serve } = await import('./serve.ts')
      setExitCode(await serve(named, { ...options, url: urlOption(command) }, terminal))
    })
}

const addBuildCommand: AddCommand = (program, terminal, setExitCode) => {
  program
    .command('build')
    .description('write the whole publication as files that any static host can serve')
    .addArgument(folderArgument())
    .addOption(new Option('-o, --out <dir>', 'folder to write').env('BROADSHEET_OUT'))
    .addOption(
      new Option(
        '--into <dir>',
        'add to a folder that another program’s build has filled, and touch nothing of it',
      ).conflicts('out'),
    )
    .addOption(jsonFlag())
    .addOption(urlFlag())
    .addOption(presetFlag())
    .addOption(acceptFlag())
    .addHelpText('after', examples('broadsheet build articles --out public --url https://news.example.org/'))
    .action(async (named, options, command) => {
      const { build } = await import('./build.ts')
      setExitCode(await build(named, { ...options, url: urlOption(command) }, terminal))
    })
}

const addPublishCommand: AddCommand = (program, terminal, setExitCode) => {
  program
    .command('publish')
    .description(
      'publish the folder to a bucket or a folder of objects, from which any number of servers read',
    )
    .addArgument(folderArgument())
    .addOption(new Option('--to <store>', objectPlaceForm).env('BROADSHEET_STORE').makeOptionMandatory())
    .addOption(singleWriterFlag())
    .addOption(jsonFlag())
    .addOption(urlFlag())
    .addOption(presetFlag())
    .addOption(acceptFlag())
    .addHelpText(
      'after',
      examples('broadsheet publish articles --to s3://news/site', 'broadsheet publish --to dir:store'),
    )
    .action(async (named, options, command) => {
      const { publish } = await import('./publish.ts')
      setExitCode(await publish(named, { ...options, url: urlOption(command) }, terminal))
    })
}

const addCheckCommand: AddCommand = (program, terminal, setExitCode) => {
  program
    .command('check')
    .description('say what is published, withheld and rejected, and why')
    .addArgument(folderArgument())
    .option('--why <file>', 'what each line of a text was taken for, and on what evidence')
    .addOption(jsonFlag())
    .addOption(urlFlag())
    .addOption(presetFlag())
    .addHelpText(
      'after',
      examples('broadsheet check', 'broadsheet check articles --json', 'broadsheet check --why page.txt'),
    )
    .action(async (named, options, command) => {
      const { check } = await import('./check.ts')
      setExitCode(await check(named, { ...options, url: urlOption(command) }, terminal))
    })
}

const addDiffCommand: AddCommand = (program, terminal, setExitCode) => {
  program
    .command('diff')
    .description('say what subscribers will see: new, updated, shown once more, withdrawn')
    .addArgument(folderArgument())
    .option('--against <feed>', 'a feed file, or a feed on this machine, instead of the last publication')
    .addOption(jsonFlag())
    .addOption(urlFlag())
    .addOption(presetFlag())
    .addHelpText('after', examples('broadsheet diff', 'broadsheet diff articles --against old-feed.xml'))
    .action(async (named, options, command) => {
      const { diff } = await import('./diff.ts')
      setExitCode(await diff(named, { ...options, url: urlOption(command) }, terminal))
    })
}

const addAdoptCommand: AddCommand = (program, terminal, setExitCode) => {
  program
    .command('adopt')
    .description('take over the ids and dates of a feed that people are subscribed to')
    .argument('<feed>', 'the feed as a file: RSS, Atom or JSON Feed')
    .addArgument(folderArgument())
    .option(
      '--accept <number>',
      'articles that Broadsheet has published take the feed’s ids, too, if they are so many',
      wholeNumber,
    )
    .addOption(jsonFlag())
    .addOption(urlFlag())
    .addOption(presetFlag())
    .addHelpText('after', examples('broadsheet adopt old-feed.xml articles'))
    .action(async (feed, named, options, command) => {
      const { adopt } = await import('./adopt.ts')
      setExitCode(await adopt(feed, named, { ...options, url: urlOption(command) }, terminal))
    })
}

const addAcceptCommand: AddCommand = (program, terminal, setExitCode) => {
  program
    .command('accept')
    .description('record a mass change that is meant, by its number; a running server then publishes it')
    .argument('<number>', 'the number that the alarm named', numberFirst)
    .addArgument(folderArgument())
    .addOption(urlFlag())
    .addOption(presetFlag())
    .addHelpText('after', examples('broadsheet accept 120 articles'))
    .action(async (number, named, options, command) => {
      const { accept } = await import('./accept.ts')
      setExitCode(await accept(number, named, { ...options, url: urlOption(command) }, terminal))
    })
}

const addGetCommand: AddCommand = (program, terminal, setExitCode) => {
  program
    .command('get')
    .description('print one answer, as a reader would get it')
    .argument('<path>', 'path on the publication, like /rss.xml, or the whole address')
    .addArgument(folderArgument())
    .option('-i, --include', 'status and headers first')
    .option('-H, --header <line>', 'send a header; may be given several times', alsoLine, [])
    .option('-I, --head', 'ask with HEAD')
    .addOption(jsonFlag())
    .addOption(urlFlag())
    .addOption(presetFlag())
    .addHelpText(
      'after',
      examples('broadsheet get /atom.xml', "broadsheet get /rss.xml -i -H 'Accept-Encoding: gzip'"),
    )
    .action(async (path, named, options, command) => {
      const { get } = await import('./get.ts')
      setExitCode(await get(path, named, { ...options, url: urlOption(command) }, terminal))
    })
}

const addInitCommand: AddCommand = (program, terminal, setExitCode) => {
  program
    .command('init')
    .description('make a folder a publication: its settings, and a first article')
    .argument('[folder]', 'folder of articles, made where there is none; default: the current folder')
    .option('--title <text>', 'what the publication is called')
    .option('--url <url>', 'where it will live')
    .option('--language <tag>', 'its language, like en or pt-BR')
    .option('--timezone <zone>', 'the time zone of its dates, like Europe/Paris')
    .option('-y, --yes', 'ask nothing; what is not given is taken from this machine')
    .addOption(jsonFlag())
    .addHelpText(
      'after',
      examples('broadsheet init', 'broadsheet init news --title "The News" --url https://news.example.org/'),
    )
    .action(async (named, options) => {
      const { init } = await import('./init.ts')
      setExitCode(await init(named, options, terminal))
    })
}

const addDoctorCommand: AddCommand = (program, terminal, setExitCode) => {
  program
    .command('doctor')
    .description('fetch a publication as readers do, anybody’s, and say what is wrong')
    .argument('<url>', 'address of a feed, or of a page that names its feeds')
    .option('--timeout <seconds>', 'longest wait for one answer', wholeNumber, 20)
    .option(
      '--local',
      'the host may be in a private network; where <url> names localhost or an IP address, it may be anyway',
    )
    .option('--podcast', 'ask what podcast directories ask, too')
    .addOption(jsonFlag())
    .addHelpText(
      'after',
      examples(
        'broadsheet doctor https://news.example.org/',
        'broadsheet doctor http://localhost:8787/rss.xml',
      ),
    )
    .action(async (url, options) => {
      const { doctor } = await import('./doctor.ts')
      setExitCode(await doctor(url, options, terminal))
    })
}

const addSubscribersCommand: AddCommand = (program, terminal, setExitCode) => {
  program
    .command('subscribers')
    .description('list who is subscribed to the hub, and what became of the last message to each')
    .addArgument(folderArgument())
    .addOption(jsonFlag())
    .addOption(urlFlag())
    .addHelpText('after', examples('broadsheet subscribers', 'broadsheet subscribers articles --json'))
    .action(async (named, options, command) => {
      const { subscribers } = await import('./subscribers.ts')
      setExitCode(await subscribers(named, { ...options, url: urlOption(command) }, terminal))
    })
}

const addPushCommand: AddCommand = (program, terminal, setExitCode) => {
  program
    .command('push')
    .description('say how many messages to subscribers wait, and try them again')
    .addArgument(folderArgument())
    .option('--retry', 'try what waits without waiting any longer')
    .option('--ping', 'tell the hubs that the feeds name that something is new, after an upload of files')
    .addOption(jsonFlag())
    .addOption(urlFlag())
    .addHelpText('after', examples('broadsheet push', 'broadsheet push articles --retry'))
    .action(async (named, options, command) => {
      const { push } = await import('./push.ts')
      setExitCode(await push(named, { ...options, url: urlOption(command) }, terminal))
    })
}

const addCompletionCommand: AddCommand = (program, terminal) => {
  program
    .command('completion')
    .description('print a script that completes commands and options in your shell')
    .addArgument(new Argument('<shell>', 'which shell').choices(['bash', 'zsh', 'fish']))
    .addHelpText(
      'after',
      examples(
        'source <(broadsheet completion bash)',
        'source <(broadsheet completion zsh)',
        'broadsheet completion fish > ~/.config/fish/completions/broadsheet.fish',
      ),
    )
    .action(async shell => {
      const { completionScript } = await import('./completion.ts')
      terminal.out(completionScript(program, shell))
    })
}

/** In the order in which help lists them. */
export const addCommands: AddCommand[] = [
  addServeCommand,
  addBuildCommand,
  addPublishCommand,
  addCheckCommand,
  addDiffCommand,
  addAdoptCommand,
  addAcceptCommand,
  addGetCommand,
  addInitCommand,
  addDoctorCommand,
  addDeployCommands,
  addStoreCommand,
  addSubscribersCommand,
  addPushCommand,
  addCompletionCommand,
]
