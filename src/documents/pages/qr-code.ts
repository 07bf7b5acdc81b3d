import { html } from 'hono/html'
import { encode } from 'uqr'
import type { Html } from './html.ts'

/** An address as a QR code: one drawing, dark on white whatever the page's colours, for cameras need that. */
export function qrCode(text: string, label: string): Html {
  // ISO/IEC 18004 §5.3.8 asks for a quiet zone of four modules.
  const { size, data } = encode(text, { ecc: 'M', border: 4 })
  const path = data
    .flatMap((row, y) => runs(row).map(([x, length]) => `M${x} ${y}h${length}v1h-${length}z`))
    .join('')
  return html`<svg class="qr" viewBox="0 0 ${size} ${size}" role="img" aria-label="${label}" shape-rendering="crispEdges"><path fill="#fff" d="M0 0h${size}v${size}H0z"/><path d="${path}"/></svg>
`
}

/** Dark modules that touch, as start and length. */
function runs(row: boolean[]): [number, number][] {
  const found: [number, number][] = []
  row.forEach((dark, x) => {
    const last = found.at(-1)
    if (dark && last && last[0] + last[1] === x) last[1]++
    else if (dark) found.push([x, 1])
  })
  return found
}
