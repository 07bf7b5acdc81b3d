/** What the library has for Node alone: `import { … } from 'broadsheet/node'`. */

export { folderSource } from '../source/folder.ts'
export { nodeCompressors, nodeDigest } from './node/codings.ts'
export { type FolderWatch, type FolderWatchOptions, watchFolder } from './node/folder-watch.ts'
export { openLedger } from './node/ledger-file.ts'
export type { ListeningPlace } from './node/listening-place.ts'
export { ForeignFolderError, type OutputReport, writeOutput } from './node/output-folder.ts'
export { readingThreads } from './node/parse-threads.ts'
export { type RunningServer, type ServerOptions, startServer } from './node/server.ts'
export { defaultLimits, type ServerLimits } from './node/server-limits.ts'
