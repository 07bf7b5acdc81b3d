import { expect, test } from 'vitest'
import { saysDay } from '../../scripts/page-text/said-days.ts'

test.each([
  ['5. Mai 2021', true],
  ['Tuesday, May 5th, 2021 at 10:30', true],
  ['05/05/21', true],
  ['2021年5月5日', true],
  ['٥ مايو ٢٠٢١', true],
  ['५ मई २०२१', true],
  ['5 мая 2021', true],
  ['img/20210505.jpg', true],
  ['15 May 2021', false],
  ['2021-05-06', false],
  ['5 May 1999', false],
])('"%s" says 5 May 2021: %s', (text, says) => {
  expect(saysDay(`A line before.\n${text}\nA line behind.`, '2021-05-05T10:00:00Z')).toBe(says)
})
