import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { madeUpText, randomNumbers } from '../tests/support/folders.ts'

/** A folder of Markdown posts of about 4 KB each, with what posts have: headings, lists, links, code, emphasis. */
export function writeMadeUpPosts(folder: string, count: number): void {
  const random = randomNumbers(count)
  const pick = (below: number) => Math.floor(random() * below)
  const sentence = () => {
    const text = madeUpText(random, 6 + pick(12))
    return `${text[0]!.toUpperCase()}${text.slice(1)}.`
  }
  const paragraph = () => {
    const words = Array.from({ length: 4 + pick(4) }, sentence)
      .join(' ')
      .split(' ')
    words[pick(words.length)] = `[${madeUpText(random, 2)}](https://example.org/${pick(9999)})`
    words[pick(words.length)] = `**${madeUpText(random, 1)}**`
    words[pick(words.length)] = `\`${madeUpText(random, 1)}\``
    return words.join(' ')
  }
  // Over 25 years at most: none is dated in the future.
  const step = Math.min(81_000_000, 8.1e11 / count)
  mkdirSync(folder, { recursive: true })
  for (let n = 0; n < count; n++) {
    const date = new Date(Date.UTC(2000, 0, 1) + n * step).toISOString().slice(0, 19)
    const tags = [`tag${pick(40)}`, `tag${pick(40)}`]
    const parts = [
      `---\ntitle: "${sentence().slice(0, -1)} ${n}"\ndate: ${date}Z\ntags: [${tags.join(', ')}]\ndescription: ${sentence()}\n---`,
      paragraph(),
      paragraph(),
      `## ${madeUpText(random, 3)}`,
      Array.from({ length: 4 }, () => `- ${sentence()}`).join('\n'),
      paragraph(),
      `\`\`\`js\nconst ${madeUpText(random, 1)} = ${pick(100)}\nconsole.log('<${madeUpText(random, 1)}>')\n\`\`\``,
    ]
    while (parts.join('\n\n').length < 4_000) parts.push(paragraph())
    writeFileSync(join(folder, `post-${String(n).padStart(6, '0')}.md`), `${parts.join('\n\n')}\n`)
  }
}
