/** Where a file of the folder is served, on the publication. One form for names that are written in two (NFC, NFD). */
export const mediaAddress = (path: string): string => `/media/${path}`.normalize('NFC')
