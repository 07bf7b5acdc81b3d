import { type ObjectStore, ObjectStoreError } from '../model/object-store.ts'
import { randomName } from './object-layout.ts'

/** Writers at once, of which exactly one has to win. */
const racers = 8

const bytesOf = (text: string) => new TextEncoder().encode(text)

/**
 * Whether a store makes objects only where there is none, as every publication trusts it to. Null: it does; else what it did instead, as
 * the end of a sentence. What it writes it deletes again.
 */
export async function probeConditionalWrites(objects: ObjectStore): Promise<string | null> {
  const alone = `probe/${randomName()}`
  const raced = `probe/${randomName()}`
  try {
    return (await refusesPresent(objects, alone)) ?? (await letsOneWin(objects, raced))
  } finally {
    for (const key of [alone, raced]) await objects.delete(key).catch(() => {})
  }
}

async function refusesPresent(objects: ObjectStore, key: string): Promise<string | null> {
  const first = await objects.create(key, bytesOf('first')).catch(async error => {
    // One that can't be written to at all fails here too, with its own reason.
    await objects.put(key, bytesOf('first'))
    return error as unknown
  })
  if (first instanceof Error)
    return `it refuses to write where nothing is yet${first instanceof ObjectStoreError && first.status !== null ? ` (${first.status})` : ''}`
  if (first !== 'created') return `an object that was not there could not be made (${first})`
  const second = await objects.create(key, bytesOf('second'))
  const found = await objects.get(key)
  const text = found && new TextDecoder().decode(found)
  if (text !== 'first') return 'an object that was there already was overwritten'
  return second === 'exists' ? null : `that an object was there already was not said (${second})`
}

async function letsOneWin(objects: ObjectStore, key: string): Promise<string | null> {
  const outcomes = await Promise.all(
    Array.from({ length: racers }, (_, racer) => objects.create(key, bytesOf(`racer ${racer}`))),
  )
  const found = await objects.get(key)
  const winners = outcomes.flatMap((outcome, racer) => (outcome === 'created' ? [racer] : []))
  if (winners.length > 1)
    return `${winners.length} of ${racers} writers at once were each told that they had won`
  const [winner] = winners
  // Nobody may have been told, where the store was busy; then only what lies there tells.
  if (winner === undefined) return outcomes.includes('unknown') ? null : 'none of several writers at once won'
  const text = found && new TextDecoder().decode(found)
  return text === `racer ${winner}` ? null : 'what lies there is not what the winner wrote'
}
