/** Where a file of the folder is served, on the publication. One form for names that are written in two (NFC, NFD). */
export const mediaAddress = (path: string): string => `/media/${path}`.normalize('NFC')

const coverForm = /\.cover\.(?:jpg|png)$/

/** The name of the picture that is inside a sound: as of a file beside it. Null where nobody would take it for a cover. */
export function embeddedCoverPath(sound: string, type: string): string | null {
  const extension = { 'image/jpeg': 'jpg', 'image/png': 'png' }[type]
  return extension === undefined ? null : `${sound}.cover.${extension}`
}

/** The sound that such a name is of; null for any other. */
export function soundOfCover(path: string): string | null {
  return coverForm.test(path) ? path.replace(coverForm, '') : null
}
