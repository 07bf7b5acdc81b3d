import { stateInFile } from './state-in-file.ts'
import { runWebSubClauses } from './websub-clauses.ts'

runWebSubClauses('SQLite in a file, on Node', stateInFile)
