import { encode } from 'uqr'
import { expect, test } from 'vitest'
import { qrCode } from '../../../src/documents/pages/qr-code.ts'

/** The modules that a drawing shows, read back from its path. */
function modulesOf(svg: string, size: number): boolean[][] {
  const modules = Array.from({ length: size }, () => Array.from({ length: size }, () => false))
  for (const [, x, y, length] of svg.matchAll(/M(\d+) (\d+)h(\d+)v1h-\d+z/g))
    modules[Number(y)]!.fill(true, Number(x), Number(x) + Number(length))
  return modules
}

test('every module is drawn, with the quiet zone around', () => {
  const address = 'https://example.org/tags/%D8%AE%D9%88%D8%B1%D8%A7%DA%A9/rss.xml'
  const { size, data } = encode(address, { ecc: 'M', border: 4 })
  const svg = `${qrCode(address, 'A "code"')}`
  expect(svg).toContain(`viewBox="0 0 ${size} ${size}"`)
  expect(svg).toContain('aria-label="A &quot;code&quot;"')
  expect(modulesOf(svg, size)).toEqual(data)
  expect(data.slice(0, 4).flat()).not.toContain(true)
})
