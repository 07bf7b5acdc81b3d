/** What links and buttons are coloured with, on the light paper and on the dark one. */
export interface Accent {
  light: string
  dark: string
}

/** The two papers; the stylesheet takes them from here, for an accent is made to be read on them. */
export const papers: Accent = { light: '#fcfaf5', dark: '#181715' }

const oxblood = '#8f1d1a'

/** WCAG 2.2 §1.4.3 asks for 4.5; a little more stays readable on the tinted boxes too. */
const contrastWanted = 5.2

type Rgb = [number, number, number]

/** The publication's colour (`#rrggbb`), darker or lighter where it could not be read on a paper. */
export function accentOf(colour: string | null): Accent {
  const wanted = parse(colour ?? oxblood) ?? parse(oxblood)!
  return {
    light: readableOn(parse(papers.light)!, wanted, [0, 0, 0]),
    dark: readableOn(parse(papers.dark)!, wanted, [255, 255, 255]),
  }
}

/** Mixes `towards` into the colour until it can be read; all the way, it always can. */
function readableOn(paper: Rgb, colour: Rgb, towards: Rgb): string {
  for (let share = 0; share < 1; share += 0.02) {
    const mixed = colour.map((part, at) => Math.round(part + (towards[at]! - part) * share)) as Rgb
    if (contrast(mixed, paper) >= contrastWanted) return format(mixed)
  }
  return format(towards)
}

/** WCAG 2.2, "contrast ratio". */
export function contrast(a: Rgb, b: Rgb): number {
  const [lighter, darker] = [luminance(a), luminance(b)].sort((x, y) => y - x)
  return (lighter! + 0.05) / (darker! + 0.05)
}

/** WCAG 2.2, "relative luminance". */
function luminance(colour: Rgb): number {
  const [red, green, blue] = colour.map(part => {
    const value = part / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * red! + 0.7152 * green! + 0.0722 * blue!
}

export function parse(colour: string): Rgb | null {
  const parts = /^#([\da-f]{2})([\da-f]{2})([\da-f]{2})$/i.exec(colour)
  return parts ? (parts.slice(1).map(part => Number.parseInt(part, 16)) as Rgb) : null
}

function format(colour: Rgb): string {
  return `#${colour.map(part => part.toString(16).padStart(2, '0')).join('')}`
}
