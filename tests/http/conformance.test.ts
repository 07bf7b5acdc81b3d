import { expect, test } from 'vitest'
import { conformanceCases } from './conformance-cases.ts'
import { createConformanceServer } from './conformance-publication.ts'
import { askHandler, runConformance } from './conformance-run.ts'

runConformance('in process', askHandler(await createConformanceServer()))

test('the table holds at least 150 cases, each under a name of its own', () => {
  expect(conformanceCases.length).toBeGreaterThanOrEqual(150)
  const names = conformanceCases.map(({ name, path, method }) => `${method} ${path} ${name}`)
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([])
})
