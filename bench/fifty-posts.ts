import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { madeUpText, randomNumbers } from '../tests/support/folders.ts'

/**
 * A publication whose feed has 50 items and about 100 KB, a twelfth of that or so when compressed, as feeds of one author's
 * prose have: made-up texts are random and hardly shrink, so that sentences here come back again and again.
 */
export function writeFiftyPosts(folder: string, words = ''): void {
  mkdirSync(folder, { recursive: true })
  writeFileSync(
    join(folder, 'broadsheet.toml'),
    `title = "Bench"\nurl = "http://localhost/"\ntimezone = "UTC"\n${words}`,
  )
  const random = randomNumbers(50)
  const pick = (below: number) => Math.floor(random() * below)
  const sentences = Array.from({ length: 60 }, () => `${madeUpText(random, 8 + pick(8))}.`)
  for (let number = 0; number < 50; number++) {
    const paragraph = () => Array.from({ length: 3 }, () => sentences[pick(sentences.length)]).join(' ')
    const body = [...Array.from({ length: 5 }, paragraph), madeUpText(random, 36)].join('\n\n')
    writeFileSync(join(folder, `post-${number}.md`), post(number, `Post ${number}`, body))
  }
}

export function post(number: number, title: string, body: string): string {
  const date = new Date(Date.UTC(2026, 0, 1) + number * 3_600_000).toISOString()
  return `---\ntitle: ${title}\ndate: ${date}\ndescription: Post ${number}, in a line.\n---\n\n${body}\n`
}
