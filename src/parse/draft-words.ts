/*
 * The words by which people say that a text is not to be read yet, in the languages that they keep such notes in; in small letters. Here
 * alone: the rules beside this file say where they mean it.
 */

/** What an unfinished text is called. */
export const draftWords: readonly string[] = [
  ...[
    'draft',
    'wip',
    'work in progress',
    'entwurf',
    'rohentwurf',
    'rohfassung',
    'arbeitsfassung',
    'brouillon',
    'borrador',
    'rascunho',
    'bozza',
    'utkast',
  ],
  ...['kladde', 'concept', 'koncept', 'szkic', 'luonnos', 'taslak', 'черновик', 'чернетка', '草稿', '下書き'],
  ...[
    '初稿',
    '未定稿',
    '초안',
    'مسودة',
    'پیش‌نویس',
    'טיוטה',
    'मसौदा',
    'ฉบับร่าง',
    'bản nháp',
    'rancangan',
    'návrh',
  ],
]

/** Those that mean nothing else where they stand alone: a concept, a plan and a proposal may be the subject. */
export const plainDraftWords: readonly string[] = draftWords.filter(
  word => !['concept', 'koncept', 'rancangan', 'návrh', 'मसौदा'].includes(word),
)

/** Those that are subjects as well: of basketball, of beer, of the tax office. */
export const subjectWords: readonly string[] = ['draft', 'borrador']

/** Said to whoever would publish it. */
export const notYetPhrases: readonly string[] = [
  ...['do not publish', "don't publish", 'do not release', 'not for publication', 'not for publishing'],
  ...[
    'not for release',
    'not for distribution',
    'not to be published',
    'not yet published',
    'not ready for publication',
    'not ready to publish',
    'hold for release',
  ],
  ...[
    'nicht veröffentlichen',
    'nicht zur veröffentlichung',
    'nicht publizieren',
    'noch nicht veröffentlichen',
  ],
  ...[
    'ne pas publier',
    'ne pas diffuser',
    'pas pour publication',
    'no publicar',
    'não publicar',
    'non pubblicare',
  ],
  ...[
    'niet publiceren',
    'niet voor publicatie',
    'publicera inte',
    'ej för publicering',
    'må ikke offentliggøres',
  ],
  ...['ikke publiser', 'ikke til offentliggørelse', 'älä julkaise', 'ei julkaistavaksi', 'nie publikować'],
  ...[
    'не публиковать',
    'не для публикации',
    'не публікувати',
    'nezveřejňovat',
    'yayınlamayın',
    'yayımlamayın',
  ],
  ...[
    '公開しないでください',
    '公開禁止',
    '公開不可',
    '请勿发布',
    '請勿發布',
    '不要发布',
    '勿发布',
    '勿發布',
    '게시 금지',
    '공개 금지',
  ],
  ...['لا تنشر', 'ليس للنشر', 'منتشر نکنید', 'לא לפרסום', 'प्रकाशित न करें', 'không đăng', 'jangan terbitkan'],
]

/** What it is as long as nobody has, or one day was. */
export const unpublishedWords: readonly string[] = [
  'under construction',
  'unfinished',
  ...[
    'unpublished',
    'unveröffentlicht',
    'nicht veröffentlicht',
    'non publié',
    'no publicado',
    'não publicado',
  ],
  ...['non pubblicato', 'niet gepubliceerd', 'ongepubliceerd', 'opublicerad', 'upubliceret', 'upublisert'],
  ...['niepublikowane', 'неопубликовано', 'غير منشور', 'yayımlanmadı'],
]

/** What is held back up to a day. */
export const embargoedWords: readonly string[] = [
  ...['embargoed', 'under embargo', 'sperrfrist', 'sous embargo', 'embargado', 'bajo embargo', 'sob embargo'],
  ...['sotto embargo', 'onder embargo', 'под эмбарго'],
]
/** The same, or one between states. */
export const embargoWords: readonly string[] = [
  ...embargoedWords,
  'embargo',
  '報道解禁',
  '解禁日時',
  '엠바고',
]
/** What may stand before it in its line. */
export const beforeEmbargoWords: readonly string[] = [
  ...[
    'this',
    'the',
    'strictly',
    'press',
    'news',
    'release',
    'story',
    'article',
    'text',
    'is',
    'are',
    'please',
    'under',
  ],
]
export const untilWords: readonly string[] = [
  ...[
    'until',
    'before',
    'prior to',
    'vor',
    'avant',
    'antes de',
    'antes del',
    'prima di',
    'till',
    'til',
    'bis',
    "jusqu'au",
    "jusqu'à",
    'hasta',
    'até',
    'fino al',
    'fino a',
    'tot',
    'till den',
    'до',
  ],
]

/** What tells of which kind it is, so that nothing else is meant. */
export const draftKinds: readonly string[] = [
  ...['rough', 'working', 'internal', 'early', 'incomplete', 'private', 'confidential'],
]
/** What else may stand beside such a word and says nothing else. */
export const besideDraftWords: readonly string[] = [
  ...[
    'first',
    'second',
    'third',
    'final',
    'only',
    'version',
    'copy',
    'post',
    'for review',
    'for comment',
    'for comments',
  ],
  ...[
    'for internal use',
    'for internal use only',
    'not final',
    'not finished',
    'not ready',
    'not yet',
    'please',
    'yet',
  ],
  ...[
    'this',
    'this is a',
    'this is an',
    'still a',
    'still',
    'a',
    'in progress',
    'embargoed',
    'tbd',
    'todo',
    'erster',
  ],
  ...[
    'zweiter',
    'nur',
    'intern',
    'premier',
    'primer',
    'provisoire',
    'interne',
    'interno',
    '版',
    '版本',
    '中',
    '未完成',
    '仮',
    '用',
  ],
  ...['of', 'dated', 'as of', 'vom', 'stand', 'du', 'del', 'dal', 'van'],
]

/** Folders that such texts are kept in, besides those that are called by one of the words itself. */
export const draftFolders: readonly string[] = [
  ...[
    'drafts',
    'unpublished',
    'private',
    'trash',
    'entwürfe',
    'brouillons',
    'borradores',
    'rascunhos',
    'bozze',
    'kladder',
  ],
  ...[
    'concepten',
    'koncepty',
    'szkice',
    'luonnokset',
    'taslaklar',
    'черновики',
    'чернетки',
    '下書',
    '草稿箱',
  ],
]

/** States that are not the last one. */
export const unfinishedStates: readonly string[] = [
  ...[
    'drafts',
    'drafted',
    'pending',
    'unfinished',
    'incomplete',
    'unready',
    'idea',
    'trash',
    'trashed',
    'deleted',
  ],
  ...[
    'removed',
    'withdrawn',
    'retracted',
    'rejected',
    'embargoed',
    'paused',
    'suppressed',
    'errored',
    'review',
  ],
  ...['reviewing', 'todo', 'tbd', 'later', 'never', 'soon', 'disabled', 'inactive', 'offline'],
  // A project's page may well say that it is planned, blocked or shelved.
  ...['hold', 'onhold', 'withheld', 'queued', 'backlog', 'outline', 'assigned', 'pitched', 'gesperrt'],
  'zurückgestellt',
]
export const unfinishedPhrases: readonly string[] = [
  ...[
    'auto draft',
    'auto-draft',
    'in progress',
    'not yet',
    'not published',
    'not ready',
    'not public',
    'only me',
  ],
  ...['nicht fertig'],
]
