const maxSampleBytes = 32_768

/**
 * The legacy encoding that bytes which are not UTF-8 are plainly in; null where they are UTF-8 with a few broken places, or
 * where nothing speaks plainly. Western European text is the default, for its accents are few among ASCII letters.
 */
export function guessEncoding(bytes: Uint8Array): string | null {
  const sample = bytes.subarray(0, maxSampleBytes)
  const high = sample.reduce((count, byte) => count + (byte >= 0x80 ? 1 : 0), 0)
  if (high === 0 || isBrokenUtf8(sample)) return null
  const letters = sample.reduce((count, byte) => count + (byte > 0x40 ? 1 : 0), 0)
  // In scripts other than Latin, letters of ASCII are the exception.
  if (high / letters > 0.3) {
    const guess = guessTwoBytes(sample) ?? guessOneByte(sample, high)
    if (guess) return guess
  }
  const western = decode(sample, 'windows-1252')
  return western !== null && !/[\x80-\x9f]/.test(western) ? 'windows-1252' : null
}

/** Most of the high bytes make valid sequences of UTF-8: it is that, and a few bytes were damaged. */
function isBrokenUtf8(sample: Uint8Array): boolean {
  const text = new TextDecoder().decode(sample)
  const broken = text.split('\ufffd').length - 1
  const whole = [...text].filter(character => character > '\u007f').length - broken
  return whole > broken
}

/** How often the pairs of bytes from 0x81 on fall into a range of leads and trails, as shares of all pairs. */
type Pairs = (leads: [number, number], trails: [number, number]) => number

const upper: [number, number] = [0xa1, 0xfe]

/**
 * East Asian encodings by what their commonest characters look like: kana, the first level of Chinese characters, Hangul
 * syllables. That every byte fits says little, since nearly any bytes fit GB 18030.
 */
const twoByteEncodings: [string, (share: Pairs) => boolean][] = [
  ['shift_jis', share => share([0x82, 0x82], [0x9f, 0xf1]) + share([0x83, 0x83], [0x40, 0x96]) > 0.25],
  ['euc-jp', share => share([0xa4, 0xa5], upper) > 0.25],
  ['euc-kr', share => share([0xb0, 0xc8], upper) > 0.85],
  ['gb18030', share => share([0xb0, 0xd7], upper) > 0.6 && share([0xa1, 0xf7], upper) > 0.9],
  ['big5', share => share([0xa4, 0xc6], [0x40, 0xfe]) > 0.7 && share([0xa1, 0xf9], [0x40, 0x7e]) > 0.2],
]

function guessTwoBytes(sample: Uint8Array): string | null {
  const counts = new Map<number, number>()
  let total = 0
  let lead: number | null = null
  for (const byte of sample) {
    if (lead === null) {
      if (byte >= 0x81) lead = byte
      continue
    }
    const pair = (lead << 8) | byte
    counts.set(pair, (counts.get(pair) ?? 0) + 1)
    total++
    lead = null
  }
  const share: Pairs = ([leadFrom, leadTo], [trailFrom, trailTo]) => {
    let found = 0
    for (const [pair, count] of counts) {
      const [lead, trail] = [pair >> 8, pair & 0xff]
      if (lead >= leadFrom && lead <= leadTo && trail >= trailFrom && trail <= trailTo) found += count
    }
    return found / total
  }
  // The sample may end within a character; in a wrong encoding far more is broken.
  for (const [label, fits] of twoByteEncodings)
    if (total > 0 && fits(share) && (decode(sample, label)?.split('\ufffd').length ?? 9) <= 2) return label
  return null
}

/**
 * Encodings of one byte a character, with the lower-case letters of their script. The order settles a tie: Hebrew letters
 * are Cyrillic ones in windows-1251, but not the other way round.
 */
const oneByteEncodings: [string, RegExp][] = [
  ['windows-1255', /[\u05d0-\u05ea]/g],
  ['windows-1253', /[\u03ac-\u03af\u03b1-\u03ce]/g],
  ['windows-1251', /[\u0430-\u044f\u0451\u0454\u0456\u0457]/g],
  ['koi8-r', /[\u0430-\u044f\u0451]/g],
  ['windows-1256', /[\u0621-\u064a\u067e\u0686\u0698\u06af]/g],
]

function guessOneByte(sample: Uint8Array, high: number): string | null {
  let best: string | null = null
  let most = 0.6
  for (const [label, letters] of oneByteEncodings) {
    const share = (decode(sample, label)?.match(letters)?.length ?? 0) / high
    if (share > most) [best, most] = [label, share]
  }
  return best
}

/** Null where the runtime does not know the encoding. */
function decode(sample: Uint8Array, label: string): string | null {
  try {
    return new TextDecoder(label).decode(sample)
  } catch {
    return null
  }
}
