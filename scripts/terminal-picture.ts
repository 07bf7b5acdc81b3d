import { text } from 'node:stream/consumers'
import { escapeXml } from '../src/text/escape.ts'

/*
 * What a terminal showed, as a picture for the documentation: `node scripts/terminal-picture.ts "What it shows" < TRANSCRIPT > docs/push.svg`. Of
 * a transcript nothing is changed; a line that begins with `$ ` was typed, one with `# ` names whose terminal it is.
 */

const [title = ''] = process.argv.slice(2)
const lines = (await text(process.stdin)).replace(/\n+$/, '').split('\n')
/** Pixels. */
const [height, character, margin] = [19, 7.85, 16]
const width = Math.ceil(Math.max(...lines.map(line => line.length)) * character) + 2 * margin

function lineAt(line: string, index: number): string {
  const kind = line.startsWith('$ ') ? ' class="typed"' : line.startsWith('# ') ? ' class="whose"' : ''
  const place = `x="${margin}" y="${margin + 14 + index * height}"`
  // Whatever font there is, a line is as long as its characters.
  const length = `textLength="${(line.length * character).toFixed(1)}"`
  return line === '' ? '' : `<text ${place} ${length}${kind}>${escapeXml(line)}</text>\n`
}

process.stdout.write(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${width} ${lines.length * height + 2 * margin}" role="img" aria-labelledby="t">
<title id="t">${escapeXml(title)}</title>
<style>
text { font: 13px ui-monospace, "DejaVu Sans Mono", Menlo, Consolas, monospace; fill: #d7dce2; white-space: pre }
.typed { fill: #fff; font-weight: 600 }
.whose { fill: #8fb8de }
</style>
<rect width="100%" height="100%" rx="8" fill="#1d2430"/>
${lines.map(lineAt).join('')}</svg>
`)
