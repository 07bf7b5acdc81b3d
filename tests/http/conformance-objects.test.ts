import { createMemoryObjects } from '../../src/store/memory-objects.ts'
import { readFromObjects } from './conformance-objects.ts'
import { createConformanceServer } from './conformance-publication.ts'
import { askHandler, runConformance } from './conformance-run.ts'

const store = await readFromObjects(createMemoryObjects())
runConformance('from an object store', askHandler(await createConformanceServer({}, store)))
