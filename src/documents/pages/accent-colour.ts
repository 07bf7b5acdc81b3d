/** What links and buttons are coloured with, on the light paper and on the dark one. */
export interface Accent {
  light: string
  dark: string
}

/** The two papers; the stylesheet takes them from here, for an accent is made to be read on them. */
export const papers: Accent = { light: '#fcfaf5', dark: '#181715' }
const lightPaper: Rgb = [0xfc, 0xfa, 0xf5]
const darkPaper: Rgb = [0x18, 0x17, 0x15]
const oxblood: Rgb = [0x8f, 0x1d, 0x1a]

/** WCAG 2.2 §1.4.3 asks for 4.5; a little more stays readable on the tinted boxes too. */
const contrastWanted = 5.2

type Rgb = [number, number, number]

/** The publication's colour (`#rrggbb`), darker or lighter where it could not be read on a paper. */
export function accentOf(colour: string | null): Accent {
  const wanted = (colour && parse(colour)) || oxblood
  return { light: readableOn(lightPaper, wanted, -1), dark: readableOn(darkPaper, wanted, 1) }
}

/** The same hue, lighter or darker by steps until it can be read; black and white always can. */
function readableOn(paper: Rgb, colour: Rgb, step: 1 | -1): string {
  const { hue, saturation, lightness } = hslOf(colour)
  for (let percent = Math.round(lightness * 100); percent > 0 && percent < 100; percent += step) {
    const tried = percent === Math.round(lightness * 100) ? colour : rgbOf(hue, saturation, percent / 100)
    if (contrast(tried, paper) >= contrastWanted) return format(tried)
  }
  return step === 1 ? '#ffffff' : '#000000'
}

/** WCAG 2.2, "contrast ratio". */
function contrast(a: Rgb, b: Rgb): number {
  const [one, other] = [luminance(a), luminance(b)]
  return (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05)
}

/** WCAG 2.2, "relative luminance". */
function luminance(colour: Rgb): number {
  const linear = (part: number) => {
    const value = part / 255
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4
  }
  const [red, green, blue] = colour
  return 0.2126 * linear(red) + 0.7152 * linear(green) + 0.0722 * linear(blue)
}

/** CSS Color 4 §7.2: hue in degrees, the others from 0 to 1. */
function hslOf(colour: Rgb): { hue: number; saturation: number; lightness: number } {
  const [red, green, blue] = colour.map(part => part / 255) as Rgb
  const [most, least] = [Math.max(red, green, blue), Math.min(red, green, blue)]
  const [lightness, range] = [(most + least) / 2, most - least]
  if (range === 0) return { hue: 0, saturation: 0, lightness }
  const sixth =
    most === red
      ? ((green - blue) / range + 6) % 6
      : most === green
        ? (blue - red) / range + 2
        : (red - green) / range + 4
  return { hue: sixth * 60, saturation: range / (1 - Math.abs(2 * lightness - 1)), lightness }
}

/** CSS Color 4 §7.1. */
function rgbOf(hue: number, saturation: number, lightness: number): Rgb {
  const part = (n: number) => {
    const k = (n + hue / 30) % 12
    const swing = saturation * Math.min(lightness, 1 - lightness)
    return Math.round(255 * (lightness - swing * Math.max(-1, Math.min(k - 3, 9 - k, 1))))
  }
  return [part(0), part(8), part(4)]
}

export function parse(colour: string): Rgb | null {
  const parts = /^#([\da-f]{2})([\da-f]{2})([\da-f]{2})$/i.exec(colour)
  return parts ? (parts.slice(1).map(part => Number.parseInt(part, 16)) as Rgb) : null
}

function format(colour: Rgb): string {
  return `#${colour.map(part => part.toString(16).padStart(2, '0')).join('')}`
}
