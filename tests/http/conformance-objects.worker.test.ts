import { env } from 'cloudflare:workers'
import { createR2Objects, type R2Bucket } from '../../src/runtimes/worker/r2-objects.ts'
import { readFromObjects } from './conformance-objects.ts'
import { createConformanceServer } from './conformance-publication.ts'
import { askHandler, runConformance } from './conformance-run.ts'

const { BUCKET } = env as unknown as { BUCKET: R2Bucket }
const store = await readFromObjects(createR2Objects(BUCKET))
runConformance(
  'from R2, in workerd',
  askHandler(await createConformanceServer({ encodeBody: 'manual' }, store)),
)
