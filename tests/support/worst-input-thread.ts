import { parentPort } from 'node:worker_threads'
import type { Asked } from '../fuzz/linear-time.fuzz.ts'
import { doors, lookAtFolder, throughDoor, worstInputs } from './worst-inputs.ts'

/** Processor seconds of this thread. */
function now(): number {
  const { user, system } = process.threadCpuUsage()
  return (user + system) / 1_000_000
}

parentPort!.on('message', async (asked: Asked) => {
  const make = 'name' in asked ? worstInputs[asked.name]! : throughDoor(doors[asked.door]!, ...asked.parts)
  try {
    const files = make(asked.size)
    const before = now()
    await lookAtFolder(files)
    parentPort!.postMessage(now() - before)
  } catch (error) {
    parentPort!.postMessage(error instanceof Error ? (error.stack ?? error.message) : String(error))
  }
})
