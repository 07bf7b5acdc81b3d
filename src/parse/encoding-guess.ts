/** Encodings of several bytes a character: that all the bytes fit is already a sign, that letters come out is another. */
const multibyte: [string, RegExp][] = [
  ['shift_jis', /[\p{sc=Hiragana}\p{sc=Katakana}\p{sc=Han}]/gu],
  ['euc-jp', /[\p{sc=Hiragana}\p{sc=Katakana}]/gu],
  ['euc-kr', /\p{sc=Hangul}/gu],
  ['gb18030', /\p{sc=Han}/gu],
  ['big5', /\p{sc=Han}/gu],
]

/** Encodings of one byte a character, whose high half is one script. */
const ofOneScript: [string, RegExp][] = [
  ['windows-1251', /[\u0430-\u044f\u0451\u0454\u0456\u0457]/gu],
  ['koi8-r', /[\u0430-\u044f\u0451]/gu],
  ['windows-1253', /[\u03ac-\u03ce]/gu],
  ['windows-1255', /[\u05d0-\u05ea]/gu],
  ['windows-1256', /\p{sc=Arabic}/gu],
]

const sampled = 32_768

/**
 * The legacy encoding that bytes which are no UTF-8 are plainly in; null where they are UTF-8 with a few broken places, or
 * where nothing speaks plainly. Western European text is the default, for its accents are few among ASCII letters.
 */
export function guessEncoding(bytes: Uint8Array): string | null {
  const sample = bytes.subarray(0, sampled)
  const high = sample.filter(byte => byte >= 0x80).length
  if (high === 0 || isBrokenUtf8(sample)) return null
  const dense = high / sample.filter(byte => byte > 0x40).length
  if (dense > 0.3) {
    const guess = bestOf(multibyte, sample, high / 2, true) ?? bestOf(ofOneScript, sample, high, false)
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

/** The candidate under which the greatest part of the high bytes comes out as its letters, if that is nearly all of them. */
function bestOf(
  candidates: [string, RegExp][],
  sample: Uint8Array,
  expected: number,
  strict: boolean,
): string | null {
  let best: string | null = null
  let most = 0.6
  for (const [label, letters] of candidates) {
    const text = decode(sample, label)
    // The sample may end within a character; a wrong encoding fails far earlier.
    if (text === null || (strict && [...text.matchAll(/\ufffd/g)].length > 1)) continue
    const share = (text.match(letters)?.length ?? 0) / expected
    if (share > most) [best, most] = [label, share]
  }
  return best
}

function decode(sample: Uint8Array, label: string): string | null {
  try {
    return new TextDecoder(label).decode(sample)
  } catch {
    return null
  }
}
