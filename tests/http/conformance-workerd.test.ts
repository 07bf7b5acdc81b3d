import { join } from 'node:path'
import { afterAll } from 'vitest'
import { startWorkerd } from '../runtimes/workerd-process.ts'
import { runConformance } from './conformance-run.ts'
import { askPort } from './socket-ask.ts'

const workerd = await startWorkerd(join(import.meta.dirname, 'conformance-worker.ts'))
const socket = askPort(workerd.port)
afterAll(async () => {
  socket.close()
  await workerd.stop()
})

runConformance('in workerd, over sockets', socket.ask)
