import { Argument, type Command, InvalidArgumentError, Option } from 'commander'
import { objectPlaceForm } from './object-place-form.ts'
import type { Terminal } from './terminal.ts'

/** The command that looks after a publication in an object store. */
export function addStoreCommand(
  program: Command,
  terminal: Terminal,
  setExitCode: (code: number) => void,
): void {
  program
    .command('store')
    .description(
      'look after a publication in a store: its generations, a way back, what nobody needs any more',
    )
    .addArgument(
      new Argument(
        '<action>',
        'list: the newest generations; rollback: a new one with an old one’s content; sweep: delete what no generation of the last 24 hours needs; copy: the newest into another store',
      ).choices(['list', 'rollback', 'sweep', 'copy']),
    )
    .argument('<store>', objectPlaceForm)
    .argument('[more]', 'rollback: the number of the generation; copy: the other store')
    .option('--limit <number>', 'list: how many generations', positiveNumber, 20)
    .option('--dry-run', 'sweep: say what would be deleted')
    .addOption(new Option('--json', 'one JSON document on stdout, for programs'))
    .addHelpText(
      'after',
      '\nExamples:\n  broadsheet store list s3://news/site\n  broadsheet store rollback s3://news/site 41\n  broadsheet store copy s3://news/site dir:backup',
    )
    .action(async (action, named, more, options) => {
      const { actOnStore } = await import('./store.ts')
      setExitCode(await actOnStore(action, named, more, options, terminal))
    })
}

export function positiveNumber(text: string): number {
  if (!/^[1-9]\d*$/.test(text)) throw new InvalidArgumentError('This is a whole number from 1 on.')
  return Number(text)
}
