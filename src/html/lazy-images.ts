import { shownAs } from '../model/formats.ts'
import { decodePath } from '../text/urls.ts'
import { descendants, hasWord } from './html-query.ts'
import type { Attributes } from './html-tokens.ts'
import type { HtmlElement, HtmlNode } from './html-tree.ts'
import { madeElement, solidNodes } from './plain-elements.ts'

/** Where pages that load their pictures by script hold the true address, the surest first. */
const trueSources = [
  'data-src',
  'data-lazy-src',
  'data-original',
  'data-lazy',
  'data-real-src',
  'data-echo',
  'data-url',
]
const trueSrcsets = ['data-srcset', 'data-lazy-srcset', 'data-original-set']
/** Those that a page may have beside a picture that it shows: used where there is no other. */
const lastSources = [
  'data-large-file',
  'data-orig-file',
  'data-full-url',
  'data-full-src',
  'data-full',
  'data-hi-res-src',
  'data-hires',
  'data-highres',
  'data-large',
  'data-image',
  'data-pin-media',
]

/** A picture, or one form of it, with the true addresses in the attributes that everybody reads. */
export function withTrueSource(element: HtmlElement): HtmlElement {
  const { attributes } = element
  const names = [...attributes.keys()]
  const written = attributes.get('src')?.trim() ?? ''
  const isPlain = !names.some(name => name.startsWith('data-')) && attributes.has('src')
  if (isPlain && !isOptimised(written) && !isBlurred(written)) return element
  const first = (keys: string[], accepts: (value: string, key: string) => boolean) =>
    keys
      .map(key => ({ key, value: firstForm(attributes.get(key)) }))
      .find(({ key, value }) => isAddress(value) && accepts(value, key))?.value
  const srcset = first(trueSrcsets, () => true) ?? realSrcset(attributes.get('srcset'))
  // A page has its own use for such a name beside a picture that it shows: what is called as a picture is one.
  const given =
    first(
      trueSources,
      (value, key) => key !== 'data-url' || isStandIn(written) || shownAs(value) === 'image',
    ) ??
    (isStandIn(written)
      ? first(lastSources, value => value.includes('/') || shownAs(value) === 'image')
      : undefined)
  const source =
    given ?? (isStandIn(written) && element.tag !== 'source' ? (largestOf(srcset) ?? written) : written)
  const changed = new Map(attributes)
  set(changed, 'src', unblurred(originalOf(source)))
  // An optimiser's sizes are all of one picture, and only the site that made them has them.
  set(changed, 'srcset', isOptimised(srcset ?? '') && source !== '' ? '' : (srcset ?? ''))
  const sizes = attributes.get('data-sizes')
  if (sizes && sizes !== 'auto' && !changed.has('sizes')) changed.set('sizes', sizes)
  if (changed.get('sizes') === 'auto') changed.delete('sizes')
  return { ...element, attributes: changed }
}

function set(attributes: Map<string, string>, name: string, value: string) {
  if (value === '') attributes.delete(name)
  else attributes.set(name, value)
}

/** Words and numbers that a script reads are none: `data-lazy="true"`, `data-original="1200x800"`. */
const isAddress = (value: string | undefined): value is string =>
  value !== undefined && /[/.]/.test(value) && !/^(?:data:|[[{]|[\d.]+$)/.test(value)

/** bLazy's way to name the form for sharper screens, too: `a.jpg|a@2x.jpg`. */
const firstForm = (value: string | undefined) =>
  value?.trim().replace(/(\.(?:png|jpe?g|gif|webp|avif))\|[^|\s]+$/i, '$1')

/** Programs of a site that make a picture smaller when it is asked for, and which one they are to take. */
const optimiser =
  /^(?:\/[\w.-]+)*\/(?:_next\/image|_vercel\/image|\.netlify\/images|_image)\/?\?(?:\S*?&)?(?:url|href)=([^&\s]+)/i
const isOptimised = (address: string) => optimiser.test(address)

/** The picture that such a program makes smaller: it lies in the folder, and elsewhere nobody makes it smaller. */
function originalOf(address: string): string {
  const named = optimiser.exec(address)?.[1]
  return named === undefined ? address : decodePath(named)
}

/** Wix shows a blur until the picture is there, and makes it of the same file. */
const blurred = /^(https:\/\/static\.wixstatic\.com\/media\/[^/]+)\/v1\/(?=[^?#]*$)\S*,blur_\d/
const isBlurred = (address: string) => blurred.test(address)
const unblurred = (address: string) => blurred.exec(address)?.[1] ?? address

/** A dot that stands where the picture will, as a file. */
const standInFile =
  /(?:^|\/)(?:spacer|blank|transparent|pixel|1x1|lazy[_-]?placeholder|lazy[_-]?load(?:er)?)\.(?:gif|png|svg)$/i

/** Nothing, or a dot that stands where the picture will: written into the page, or a file of that name. */
function isStandIn(source: string): boolean {
  return source === '' || source.startsWith('data:') || source === 'about:blank' || standInFile.test(source)
}

/** Without the candidates that are written into the page. */
function realSrcset(srcset: string | undefined): string | undefined {
  return srcset && /^\s*data:/.test(srcset) ? undefined : srcset
}

/** The address of the largest candidate: of those whose size is not given, the first. */
function largestOf(srcset: string | undefined): string | undefined {
  const candidates = [...(srcset ?? '').matchAll(/([^\s,]\S*[^\s,]|[^\s,])(?:\s+([\d.]+)[wx])?\s*(?:,|$)/g)]
  const sizeOf = (match: RegExpMatchArray) => Number(match[2] ?? 0)
  return candidates.reduce<RegExpMatchArray | undefined>(
    (best, match) => (best === undefined || sizeOf(match) > sizeOf(best) ? match : best),
    undefined,
  )?.[1]
}

/** Markdown has one sign for pictures, sound and film, and its programs make pictures of all of them. */
export function playerInPlaceOf(image: HtmlElement): HtmlElement | null {
  const source = image.attributes.get('src')?.trim() ?? ''
  const tag = image.tag === 'img' ? shownAs(source) : null
  if (tag === null || tag === 'image') return null
  const name = image.attributes.get('title') ?? image.attributes.get('alt') ?? ''
  return madeElement(tag, { src: source, controls: '', ...(name && { title: name }) }, [], image)
}

/** A picture written into the page, so small or so blurred that another one stands for it. */
export function isPlaceholder({ tag, attributes }: HtmlElement): boolean {
  if (tag !== 'img' || attributes.has('srcset')) return false
  const source = attributes.get('src') ?? ''
  if (source === '') return attributes.get('alt') === undefined || attributes.get('alt') === ''
  if (!source.startsWith('data:')) return standInFile.test(source)
  return (
    attributes.get('aria-hidden') === 'true' ||
    (source.startsWith('data:image/gif') && source.length < 160) ||
    source.startsWith('data:image/svg')
  )
}

/** A stand-in, or the small form that Medium's pages show first. */
const isPreview = (element: HtmlElement) =>
  isPlaceholder(element) || (element.tag === 'img' && hasWord(element, 'class', 'progressivemedia-thumbnail'))

/** GitHub's and Material's way to have one form of a picture for light pages and one for dark. */
const isFor = (look: 'light' | 'dark') => (element: HtmlElement) =>
  element.tag === 'img' &&
  new RegExp(`#(?:only-${look}|gh-${look}-mode-only)$`).test(element.attributes.get('src') ?? '')

/**
 * Settles the pictures of one parent: of a picture and its twin in `noscript` one stays, and a stand-in goes where the true
 * picture stands beside it.
 */
export function withoutTwins(children: HtmlNode[]): HtmlNode[] {
  const elements = children.filter(child => typeof child !== 'string')
  if (elements.some(isFor('light')) && elements.some(isFor('dark')))
    return withoutTwins(children.filter(child => typeof child === 'string' || !isFor('dark')(child)))
  if (elements.some(isPreview) && elements.flatMap(shownImagesIn).some(image => !isPreview(image)))
    return withoutTwins(children.filter(child => typeof child === 'string' || !isPreview(child)))
  if (!elements.some(({ tag }) => tag === 'noscript')) return children
  const dropped = new Set<HtmlNode>()
  const cleared = new Set<HtmlNode>()
  for (const [index, twin] of elements.entries()) {
    const images = twin.tag === 'noscript' ? imagesIn(twin) : []
    if (images.length === 0) continue
    const around = [elements[index - 1], elements[index + 1]].filter(
      element => element !== undefined && element.tag !== 'noscript',
    ) as HtmlElement[]
    const shown = new Set(
      around
        .flatMap(imagesIn)
        .filter(image => !isPlaceholder(image))
        .map(nameOf),
    )
    if (!images.every(image => shown.has(nameOf(image)))) for (const element of around) cleared.add(element)
    else if (holdsPicturesOnly(twin)) dropped.add(twin)
  }
  return children.flatMap(child => {
    if (dropped.has(child) || (cleared.has(child) && typeof child !== 'string' && isPlaceholder(child)))
      return []
    return cleared.has(child) && typeof child !== 'string' ? withoutPlaceholders(child) : child
  })
}

function holdsPicturesOnly(twin: HtmlElement): boolean {
  return solidNodes(twin.children).every(
    node => typeof node !== 'string' && ['img', 'picture', 'a', 'figure'].includes(node.tag),
  )
}

function withoutPlaceholders(element: HtmlElement): HtmlElement {
  if (!imagesIn(element).some(isPlaceholder)) return element
  const children = element.children
    .filter(child => typeof child === 'string' || !isPlaceholder(child))
    .map(child => (typeof child === 'string' ? child : withoutPlaceholders(child)))
  return { ...element, children }
}

/** Without those that stand for it where no script runs. */
function shownImagesIn(element: HtmlElement): HtmlElement[] {
  return element.tag === 'noscript' ? [] : imagesIn(element)
}

function imagesIn(element: HtmlElement): HtmlElement[] {
  return element.tag === 'img' ? [element] : [...descendants(element)].filter(({ tag }) => tag === 'img')
}

/** What two forms of one picture share: the address without scheme and query, however it is spelt. */
function nameOf({ attributes }: { attributes: Attributes }): string {
  const written = (attributes.get('src') ?? attributes.get('srcset')?.trim().split(/\s/, 1)[0] ?? '')
    .replace(/^https?:/i, '')
    .replace(/[?#].*$/, '')
    .replace(/^\.\//, '')
  return decodePath(written).normalize('NFC')
}

const backgrounds = ['data-bg', 'data-background-image', 'data-background', 'data-bgset', 'data-bg-src']

/**
 * A box that has nothing in it but a picture behind it, which a script puts there, or which it says to be (`role="img"`): the picture.
 * In a `picture` without the element that browsers show, that element.
 */
export function pictureBehind(element: HtmlElement): HtmlElement | null {
  const { tag, attributes, children } = element
  if (tag === 'picture') return withImage(element)
  if (
    attributes.size === 0 ||
    !['div', 'span', 'figure', 'a'].includes(tag) ||
    solidNodes(children).length > 0
  )
    return null
  const given = backgrounds.map(name => addressInUrl(attributes.get(name)?.trim())).find(isAddress)
  const isPicture = hasWord(element, 'role', 'img')
  const source = given
    ? (largestOf(given) ?? given)
    : isPicture
      ? backgroundOf(attributes.get('style'))
      : undefined
  if (source === undefined) return null
  const alt = attributes.get('aria-label') ?? attributes.get('data-alt') ?? attributes.get('title') ?? ''
  const image = madeElement('img', { src: originalOf(source), alt }, [], element)
  return tag === 'a' || tag === 'figure' ? { ...element, children: [image] } : image
}

const addressInUrl = (value: string | undefined) =>
  /^url\(([\s\S]*)\)$/
    .exec(value ?? '')?.[1]
    ?.trim()
    .replace(/^["']|["']$/g, '') ?? value

const backgroundOf = (style: string | undefined) =>
  /background(?:-image)?\s*:[^;]{0,500}?url\(\s*["']?((?:https?:)?[^"')\s]+)/i.exec(style ?? '')?.[1]

/** WordPress puts the picture of a cover behind it where it is to stay as the page moves, Ghost of each header. */
export function coverWithPicture(element: HtmlElement): HtmlElement | null {
  if (element.tag !== 'div' || !hasWord(element, 'class', 'wp-block-cover', 'kg-header-card')) return null
  const below = [...descendants(element)]
  const pictures = ['wp-block-cover__image-background', 'kg-header-card-image']
  if (below.some(box => box.tag === 'img' && hasWord(box, 'class', ...pictures))) return null
  const source = [element, ...below.filter(box => hasWord(box, 'class', ...pictures))]
    .map(({ attributes }) => attributes.get('data-background-image') || backgroundOf(attributes.get('style')))
    .find(url => url !== undefined)
  if (source === undefined) return null
  const image = madeElement('img', { src: source, alt: '' }, [], element)
  return { ...element, children: [image, ...element.children] }
}

/** Lozad makes it by script, and elsewhere it is forgotten: without it nothing is shown. */
function withImage(picture: HtmlElement): HtmlElement | null {
  const below = [...descendants(picture)]
  if (below.some(({ tag }) => tag === 'img' || tag === 'amp-img')) return null
  const { attributes } = picture
  const srcset = below
    .map(({ attributes }) => attributes.get('srcset') ?? attributes.get('data-srcset'))
    .find(Boolean)
  const source = attributes.get('data-iesrc')?.trim() || largestOf(srcset)
  if (!source) return null
  const image = madeElement('img', { src: source, alt: attributes.get('data-alt') ?? '' }, [], picture)
  return { ...picture, children: [...picture.children, image] }
}
