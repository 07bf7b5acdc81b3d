/** What the library has for Node alone: `import { … } from 'broadsheet/node'`. */

export { folderSource } from '../source/folder.ts'
export { nodeCompressors, nodeDigest } from './node/codings.ts'
export { type FolderWatch, type FolderWatchOptions, watchFolder } from './node/folder-watch.ts'
export { ForeignFolderError, type OutputReport, writeOutput } from './node/output-folder.ts'
export { createPublisher, type Edition, type Publisher, type PublisherOptions } from './node/publisher.ts'
export { type RunningServer, type ServerOptions, startServer } from './node/server.ts'
