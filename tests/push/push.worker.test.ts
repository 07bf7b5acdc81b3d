import { runInDurableObject } from 'cloudflare:test'
import { env } from 'cloudflare:workers'
import type { StateStore } from '../../src/model/state-store.ts'
import { type DurableStorage, durableState } from '../../src/runtimes/worker/durable-state.ts'
import { runPushCases } from './push-cases.ts'
import { runWebSubClauses } from './websub-clauses.ts'

const { OBJECTS } = env as unknown as { OBJECTS: DurableObjectNamespace }

interface DurableObjectNamespace {
  newUniqueId(): unknown
  get(id: unknown): Parameters<typeof runInDurableObject>[0]
}

/** Each test in an object of its own, with the object's own SQLite. */
function stateInObject(run: (state: StateStore) => Promise<void>): Promise<void> {
  return runInDurableObject(OBJECTS.get(OBJECTS.newUniqueId()), (_: unknown, state: unknown) =>
    run(durableState((state as { storage: DurableStorage }).storage)),
  )
}

runWebSubClauses('a Durable Object’s SQLite, in workerd', stateInObject)
runPushCases('a Durable Object’s SQLite, in workerd', stateInObject)
