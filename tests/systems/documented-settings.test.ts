import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { generators } from '../../src/systems/recognise-preset.ts'

const page = readFileSync(join(import.meta.dirname, '../../docs/your-folder.md'), 'utf8')
const [, table = ''] = page.split('| system | settings that are read |')

/** The names that a row of the table gives, by the system of the row. */
const documented = new Map(
  [...table.split('\n\n')[0]!.matchAll(/^\| (\w+) \| (.*) \|$/gm)].map(([, name = '', names = '']) => [
    name,
    [...names.matchAll(/`([^`]+)`/g)].map(([, setting]) => setting!).sort(),
  ]),
)

test.each(generators.filter(({ settings }) => Object.keys(settings).length > 0))(
  'every setting of $name that is read stands in the documentation, and no other',
  ({ name, settings }) => {
    expect(documented.get(name)).toEqual(Object.keys(settings).sort())
  },
)
