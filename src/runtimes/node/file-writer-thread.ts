import { parentPort } from 'node:worker_threads'
import { type WritingTask, writeTask } from './file-writer.ts'

/* Writes the files it is given, and says what became of them: see `createFileWriter`. */
parentPort?.on('message', (task: WritingTask) => parentPort?.postMessage(writeTask(task)))
