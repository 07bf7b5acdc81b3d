import { parseLedger } from '../../src/catalog/ledger-text.ts'
import type { Ledger } from '../../src/model/ledger.ts'
import type { ObjectStore } from '../../src/model/object-store.ts'
import { nodeDigest } from '../../src/runtimes/node/codings.ts'
import {
  bodiesOf,
  bodyKey,
  generationOf,
  type PlacedBody,
  partsIn,
  recordPrefix,
} from '../../src/store/object-layout.ts'
import { createObjectReading, type ObjectCache, readRecord } from '../../src/store/object-reading.ts'
import { readStored } from '../../src/store/object-writer.ts'
import type { Rows } from '../../src/store/path-table.ts'

/** A generation as it lies in a store, all of it. */
export interface StoredGeneration {
  number: number
  rows: Rows
  ledger: Ledger
}

/**
 * Reads every generation that lies in a store, oldest first, with each body that it names.
 * @throws Error where a number is missing or stands twice, or anything that a generation needs is not there or not what its name says
 */
export async function* storedGenerations(objects: ObjectStore): AsyncGenerator<StoredGeneration> {
  const cached = new Map<string, Uint8Array>()
  const cache: ObjectCache = {
    get: async key => cached.get(key) ?? null,
    put: async (key, bytes) => void cached.set(key, bytes),
  }
  const reading = createObjectReading({ objects, digest: nodeDigest, cache })
  const numbers = (await objects.list(recordPrefix)).map(({ key }) => generationOf(key) ?? 0).reverse()
  const whole = new Set<string>()
  const check = async (body: PlacedBody) => {
    const name = `${body.hash} ${body.pack ?? ''} ${body.offset ?? ''}`
    if (whole.has(name)) return
    const object = await reading.named(bodyKey(body.pack ?? body.hash))
    if (body.parts) for (const part of partsIn(object)) await reading.named(bodyKey(part))
    else {
      const start = body.offset ?? 0
      const bytes = object.subarray(start, start + body.length)
      if ((await nodeDigest(bytes)) !== body.hash) throw new Error(`the body ${name} is another`)
    }
    whole.add(name)
  }
  for (const [index, number] of numbers.entries()) {
    if (number !== index + 1) throw new Error(`where generation ${index + 1} is awaited, there is ${number}`)
    const record = await readRecord(objects, number)
    if (!record) throw new Error(`the record of generation ${number} is not there`)
    const { rows, due } = await readStored(reading, record)
    for (const row of [...rows.values(), ...due.flatMap(step => step.rows)])
      for (const body of bodiesOf(row[1])) await check(body)
    yield { number, rows, ledger: parseLedger(await reading.ledgerText(record.ledger)) }
  }
}
