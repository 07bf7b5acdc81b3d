/**
 * What may stand in an article's HTML. The allowed elements begin with those that GitHub allows (the schema of
 * hast-util-sanitize), and go on with what articles have besides: figures, sound and film, directions and languages,
 * ruby, definitions, formulae.
 *
 * Safety hangs on two properties of these tables. No element here makes a parser leave the ordinary tokenizer states
 * (script, style, title, textarea, noscript, iframe, template, plaintext, svg …), and none of the attributes runs
 * anything. So a parser that reads our serialisation meets the very tags we wrote, and no others, whatever the
 * input was and however it nests: mutation needs an element that changes how text is read.
 */
const set = (names: string) => new Set(names.split(' ').filter(Boolean))

export const globalAttributes = set(
  'dir lang id title role aria-label aria-hidden aria-describedby translate itemprop',
)

const cell = set('align valign colspan rowspan headers')
const none: ReadonlySet<string> = new Set()

/** Allowed elements with the attributes they may have besides the global ones. URL attributes are listed apart. */
export const allowedElements: ReadonlyMap<string, ReadonlySet<string>> = new Map([
  ...'abbr address article aside b bdi bdo big br cite code dd dfn div dl dt em figcaption figure footer h1 h2 h3 h4 h5 h6 header hgroup hr i kbd main mark nav p pre rb rp rt rtc ruby s samp search section small span strike strong sub summary sup tt u var wbr'
    .split(' ')
    .map(tag => [tag, none] as const),
  ['a', set('href hreflang name rel type')],
  ['audio', set('src controls loop muted preload')],
  ['blockquote', set('cite')],
  ['caption', none],
  ['col', set('span')],
  ['colgroup', set('span')],
  ['data', set('value')],
  ['del', set('cite datetime')],
  ['details', set('open')],
  ['img', set('src srcset sizes alt width height loading decoding')],
  ['input', set('type checked disabled')],
  ['ins', set('cite datetime')],
  ['li', set('value')],
  ['ol', set('start reversed type')],
  ['picture', none],
  ['q', set('cite')],
  ['source', set('src srcset sizes media type width height')],
  ['table', none],
  ['tbody', none],
  ['td', cell],
  ['tfoot', none],
  ['th', set('align valign colspan rowspan headers scope abbr')],
  ['thead', none],
  ['time', set('datetime')],
  ['tr', set('align valign')],
  ['track', set('src kind srclang label default')],
  ['ul', none],
  ['video', set('src poster controls loop muted preload playsinline width height')],
])

/** MathML Core's presentation elements: formulae are words. Nothing of them links or runs. */
export const mathElements = set(
  'math merror mfrac mi mmultiscripts mn mo mover mpadded mphantom mprescripts mroot mrow ms mspace msqrt mstyle msub msubsup msup mtable mtd mtext mtr munder munderover none semantics',
)
export const mathAttributes = set(
  'accent accentunder columnspan depth dir display displaystyle fence height largeop linethickness lspace mathvariant maxsize minsize movablelimits rowspan rspace scriptlevel separator stretchy symmetric voffset width columnalign',
)

/** Dropped together with what they hold, and said: what runs, or is nothing to read. */
export const droppedWithContent = set(
  'script style template svg object embed applet frame frameset noframes noembed select textarea datalist button optgroup option canvas portal fencedframe',
)
/** Dropped without a word: they hold nothing of the article. */
export const droppedInSilence = set(
  'head title link meta base basefont bgsound param area map annotation annotation-xml maction mglyph malignmark',
)
/** Their tags go and their content stays; the body loses nothing but looks, and nobody needs to be told. */
export const presentational = set(
  'font center acronym nobr blink marquee html body layer fieldset legend label output meter progress dialog menu slot noscript',
)
/** Active although its content is to be read: tags go with a word, content stays. */
export const activeWrappers = set('form')

/** Must stand in a table; a browser ignores their tags elsewhere. */
export const needsTable = set('caption col colgroup tbody td tfoot th thead tr')

/** Classes that mean something to a reader's program: a code's language, footnotes, task lists, screen readers. */
export const allowedClass =
  /^(?:lang(?:uage)?-[\w+#.-]+|footnotes?(?:-(?:ref|backref|item|list|sep))?|task-list(?:-item)?|contains-task-list|sr-only|math(?:-inline|-display)?|h-entry|p-name|e-content)$/

/** Schemes a link may have: each opens a page or a program that asks first. */
export const linkSchemes = set(
  'http https mailto tel sms geo feed xmpp irc ircs matrix magnet gopher gemini ftp news nntp sip webcal ipfs ipns doi urn',
)
/** Schemes that run what follows, or reach into the reader's own machine; any other unknown one leads nowhere. */
export const scriptSchemes = set(
  'javascript vbscript livescript mocha data file blob filesystem about view-source jar',
)
/** Pixels, and nothing that could hold a script. */
export const dataImage = /^data:image\/(?:png|gif|jpe?g|webp|avif);base64,[a-z0-9+/=\s]*$/i

export const alignments = {
  align: /^(?:left|right|center|justify|start|end)$/i,
  valign: /^(?:top|middle|bottom|baseline)$/i,
}
/** Values that must be among a few. */
export const attributeValues: Record<string, RegExp> = {
  ...alignments,
  dir: /^(?:ltr|rtl|auto)$/i,
  width: /^\s*\d{1,5}(?:px)?\s*$/i,
  height: /^\s*\d{1,5}(?:px)?\s*$/i,
  rel: /^[a-z0-9 _-]*$/i,
  loading: /^(?:lazy|eager)$/i,
  decoding: /^(?:sync|async|auto)$/i,
  translate: /^(?:yes|no)$/i,
  preload: /^(?:none|metadata|auto)?$/i,
}

export const blockElements = set(
  'address article aside blockquote caption dd details dialog div dl dt fieldset figcaption figure footer form h1 h2 h3 h4 h5 h6 header hgroup hr li main nav ol p pre section summary table tbody td tfoot th thead tr ul video audio',
)
export const voidElements = set('br col hr img input source track wbr')
