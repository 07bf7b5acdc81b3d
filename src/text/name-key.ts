/** The key under which names are one: `Web`, `web` and `WEB`, and the composed and the decomposed é. */
export const nameKey = (name: string): string => name.normalize('NFC').toLowerCase()
