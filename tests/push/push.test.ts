import { runPushCases } from './push-cases.ts'
import { stateInFile } from './state-in-file.ts'

runPushCases('SQLite in a file, on Node', stateInFile)
