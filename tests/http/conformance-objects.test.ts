import { assetsOver } from '../support/assets-over.ts'
import { createMemoryObjects } from '../support/memory-objects.ts'
import { readFromObjects } from './conformance-objects.ts'
import { createConformanceServer } from './conformance-publication.ts'
import { askHandler, runConformance } from './conformance-run.ts'

const store = await readFromObjects(createMemoryObjects())
const fromAssets = await readFromObjects(assetsOver(createMemoryObjects()))
runConformance('from a Worker’s assets', askHandler(await createConformanceServer({}, fromAssets)))
runConformance('from an object store', askHandler(await createConformanceServer({}, store)))
