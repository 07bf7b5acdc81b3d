import { randomName } from '../../store/object-layout.ts'
import {
  copyPublication,
  listGenerations,
  rollBack,
  type StoreTools,
  sweep,
} from '../../store/object-maintenance.ts'
import { createObjectReading } from '../../store/object-reading.ts'
import { formatRfc3339 } from '../../text/dates.ts'
import { safeJson } from '../../text/escape.ts'
import { nodeDigest, nodeGunzip } from '../node/codings.ts'
import { CommandFailure, exitCodes } from './exit.ts'
import { openObjectPlace, storeFailure } from './object-place.ts'
import { objectPlaceForm } from './object-place-form.ts'
import { assertFitForFirst } from './object-publisher.ts'
import { ownCommand } from './own-command.ts'
import { createProgress } from './progress.ts'
import { count, type Terminal } from './terminal.ts'

function toolsFor(named: string): StoreTools {
  const { objects, cache } = openObjectPlace(named)
  const reading = createObjectReading({ objects, digest: nodeDigest, gunzip: nodeGunzip, cache })
  return { objects, reading, digest: nodeDigest, clock: Date.now }
}

export interface StoreActionOptions {
  json?: boolean
  dryRun?: boolean
  limit: number
}

export type StoreAction = 'list' | 'rollback' | 'sweep' | 'copy'

/** @param more the generation to roll back to, or the store to copy into */
export async function actOnStore(
  action: StoreAction,
  named: string,
  more: string | undefined,
  options: StoreActionOptions,
  terminal: Terminal,
): Promise<number> {
  return act(action, named, more, options, terminal).catch(error => {
    throw storeFailure(error)
  })
}

async function act(
  action: StoreAction,
  named: string,
  more: string | undefined,
  options: StoreActionOptions,
  terminal: Terminal,
): Promise<number> {
  if (action === 'list') return listStore(named, options, terminal)
  if (action === 'sweep') return sweepStore(named, options, terminal)
  if (more === undefined)
    throw new CommandFailure(
      exitCodes.usage,
      action === 'copy' ? 'It is not said where to copy to.' : 'It is not said which generation.',
      {
        hint:
          action === 'copy'
            ? `Name the other store: ${objectPlaceForm}.`
            : `${ownCommand()} store list ${named} shows them.`,
      },
    )
  if (action === 'copy') return copyStore(named, more, options, terminal)
  if (!/^[1-9]\d{0,9}$/.test(more))
    throw new CommandFailure(exitCodes.usage, `"${more}" is not the number of a generation.`, {
      hint: `${ownCommand()} store list ${named} shows them.`,
    })
  return rollBackStore(named, Number(more), options, terminal)
}

/** Lists the newest generations. */
async function listStore(
  named: string,
  { json, limit }: StoreActionOptions,
  terminal: Terminal,
): Promise<number> {
  const generations = await listGenerations(toolsFor(named), limit)
  if (json) {
    const rows = generations.map(({ generation, publishedAt, publisher, url, restores }) => ({
      generation,
      publishedAt: formatRfc3339(publishedAt),
      publisher,
      url,
      restores: restores ?? null,
    }))
    terminal.out(`${safeJson({ store: toolsFor(named).objects.name, generations: rows }, 2)}\n`)
    return exitCodes.ok
  }
  if (generations.length === 0) terminal.say('Nothing is published there yet.')
  for (const { generation, publishedAt, url, restores } of generations)
    terminal.out(
      `${String(generation).padStart(8)}  ${formatRfc3339(publishedAt)}  ${url}${restores === undefined ? '' : `  (the content of ${restores})`}\n`,
    )
  return exitCodes.ok
}

/** Makes a new generation of an old one's content. */
async function rollBackStore(
  named: string,
  generation: number,
  { json }: StoreActionOptions,
  terminal: Terminal,
): Promise<number> {
  const record = await rollBack(toolsFor(named), generation, randomName())
  if (!record)
    throw new CommandFailure(exitCodes.usage, `There is no generation ${generation} in ${named}.`, {
      hint: `${ownCommand()} store list ${named} shows those that there are.`,
    })
  if (json) terminal.out(`${safeJson({ generation: record.generation, restores: generation }, 2)}\n`)
  terminal.say(
    `Generation ${record.generation} has the content of generation ${generation}. The ledger stays the newest.`,
  )
  return exitCodes.ok
}

/** Deletes what nobody needs any more. */
async function sweepStore(
  named: string,
  { json, dryRun }: StoreActionOptions,
  terminal: Terminal,
): Promise<number> {
  const progress = createProgress('Deleting')
  const report = await sweep(toolsFor(named), { dryRun: dryRun ?? false, onProgress: progress.update })
  progress.done()
  if (json) terminal.out(`${safeJson({ ...report, dryRun: dryRun ?? false }, 2)}\n`)
  const [generations, objects] = [count(report.generations, 'generation'), count(report.objects, 'object')]
  terminal.say(`${generations} and ${objects} (${report.bytes} bytes) ${dryRun ? 'would be ' : ''}deleted.`)
  return exitCodes.ok
}

/** Copies the newest generation into another store. */
async function copyStore(
  from: string,
  to: string,
  { json }: StoreActionOptions,
  terminal: Terminal,
): Promise<number> {
  if (from === to)
    throw new CommandFailure(exitCodes.usage, `${from} is the store itself.`, {
      hint: `Name the other store: ${objectPlaceForm}.`,
    })
  const progress = createProgress('Copying')
  const target = toolsFor(to)
  const beforeFirst = () => assertFitForFirst(to, target.objects)
  const work = { onProgress: progress.update }
  const copied = await copyPublication(toolsFor(from), { ...target, beforeFirst }, randomName(), work)
  progress.done()
  if (!copied) throw new CommandFailure(exitCodes.usage, `Nothing is published in ${from} yet.`)
  const { record, copied: objects } = copied
  if (json) terminal.out(`${safeJson({ generation: record.generation, objects }, 2)}\n`)
  terminal.say(`${count(objects, 'object')} copied; generation ${record.generation} of ${to} has them.`)
  return exitCodes.ok
}
