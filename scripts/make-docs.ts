import { mkdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { generatedTexts } from './generated-texts.ts'

// Writes the texts that are made from the program: pages of the documentation, the schema for editors, the help.
const root = join(import.meta.dirname, '..')
for (const [path, text] of Object.entries(generatedTexts())) {
  mkdirSync(dirname(join(root, path)), { recursive: true })
  writeFileSync(join(root, path), text)
  process.stdout.write(`${path}\n`)
}
