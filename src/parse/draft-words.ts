/** What an unfinished text is called, in the languages that people keep such notes in; in small letters. */
export const draftWords: readonly string[] = [
  ...['draft', 'wip', 'work in progress', 'entwurf', 'brouillon', 'borrador', 'rascunho', 'bozza', 'utkast'],
  ...['kladde', 'concept', 'koncept', 'szkic', 'luonnos', 'taslak', 'черновик', 'чернетка', '草稿', '下書き'],
  ...['초안', 'مسودة', 'پیش‌نویس'],
]

/** Those that mean nothing else where they stand alone: a concept may be the subject. */
export const plainDraftWords: readonly string[] = draftWords.filter(
  word => word !== 'concept' && word !== 'koncept',
)
