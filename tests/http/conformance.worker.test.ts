import { createConformanceServer } from './conformance-publication.ts'
import { askHandler, runConformance } from './conformance-run.ts'

runConformance('in workerd', askHandler(await createConformanceServer({ encodeBody: 'manual' })))
