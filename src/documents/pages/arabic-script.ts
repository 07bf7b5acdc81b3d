/**
 * Selects text in the languages that are written in Arabic script: it wants taller lines, its letters must not be parted
 * (CSS Text 4 §8.2: letter-spacing breaks their joins), and it has no italics. `:lang()` with a list, which would say this
 * shorter, is unknown to Chromium, and there takes the whole rule with it.
 */
export const arabicScript = `:is(${['fa', 'ar', 'ur', 'ps', 'ckb', 'ug'].map(language => `:lang(${language})`).join(', ')})`
