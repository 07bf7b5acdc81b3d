import { mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { madeUpText, randomNumbers } from './folders.ts'

/** A folder of articles in which something changes with every step: edits, new files, renames, deletions. */
export function createRestlessFolder(folder: string, count: number) {
  const random = randomNumbers(count)
  const pick = (below: number) => Math.floor(random() * below)
  const names: string[] = []
  let made = 0
  const write = (name: string, number: number) => {
    const date = new Date(Date.UTC(2026, 0, 1) + number * 60_000).toISOString()
    const body = `${madeUpText(random, 60)}.\n\n${madeUpText(random, 60)}.`
    writeFileSync(
      join(folder, name),
      `---\ntitle: Article ${number}\ndate: ${date}\ntags: [tag${number % 5}]\n---\n\n${body}\n`,
    )
  }
  const add = () => {
    const name = `article-${made}.md`
    write(name, made++)
    names.push(name)
  }
  mkdirSync(folder, { recursive: true })
  writeFileSync(
    join(folder, 'broadsheet.toml'),
    'title = "Restless"\nurl = "http://localhost/"\ntimezone = "UTC"\n',
  )
  for (let number = 0; number < count; number++) add()

  return {
    step(): void {
      const kind = random()
      const index = pick(names.length)
      const name = names[index]!
      if (kind < 0.7) write(name, Number(/\d+/.exec(name)![0]))
      else if (kind < 0.8) add()
      else if (kind < 0.9) {
        // As editors save: beside, then over it.
        write(`.${name}.tmp`, Number(/\d+/.exec(name)![0]))
        renameSync(join(folder, `.${name}.tmp`), join(folder, name))
      } else {
        rmSync(join(folder, name))
        names.splice(index, 1)
      }
    },
    /** Addresses of articles that are there, as the sitemap of this moment would have them. */
    articles: (): string[] => names.map(name => `/articles/article-${/\d+/.exec(name)![0]}/`),
  }
}
