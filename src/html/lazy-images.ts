import { descendants } from './html-query.ts'
import type { Attributes } from './html-tokens.ts'
import type { HtmlElement, HtmlNode } from './html-tree.ts'
import { solidNodes } from './plain-elements.ts'

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
const lastSources = ['data-large-file', 'data-orig-file', 'data-full-url', 'data-image']

/** A picture, or one form of it, with the true addresses in the attributes that everybody reads. */
export function withTrueSource(element: HtmlElement): HtmlElement {
  const { attributes } = element
  const names = [...attributes.keys()]
  if (!names.some(name => name.startsWith('data-')) && attributes.has('src')) return element
  const first = (keys: string[]) => keys.map(key => attributes.get(key)?.trim()).find(isAddress)
  const written = attributes.get('src')?.trim() ?? ''
  const srcset = first(trueSrcsets) ?? realSrcset(attributes.get('srcset'))
  const given = first(trueSources) ?? (isStandIn(written) ? first(lastSources) : undefined)
  const source =
    given ?? (isStandIn(written) && element.tag !== 'source' ? (largestOf(srcset) ?? written) : written)
  const changed = new Map(attributes)
  set(changed, 'src', source)
  set(changed, 'srcset', srcset ?? '')
  const sizes = attributes.get('data-sizes')
  if (sizes && sizes !== 'auto' && !changed.has('sizes')) changed.set('sizes', sizes)
  if (changed.get('sizes') === 'auto') changed.delete('sizes')
  return { ...element, attributes: changed }
}

function set(attributes: Map<string, string>, name: string, value: string) {
  if (value === '') attributes.delete(name)
  else attributes.set(name, value)
}

const isAddress = (value: string | undefined): value is string =>
  value !== undefined && value !== '' && !/^(?:data:|[[{])/.test(value)

/** Nothing, or a dot that stands where the picture will: written into the page, or a file of that name. */
function isStandIn(source: string): boolean {
  return source === '' || source.startsWith('data:') || source === 'about:blank'
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

/** A picture written into the page, so small or so blurred that another one stands for it. */
export function isPlaceholder({ tag, attributes }: HtmlElement): boolean {
  if (tag !== 'img' || attributes.has('srcset')) return false
  const source = attributes.get('src') ?? ''
  if (source === '') return attributes.get('alt') === undefined || attributes.get('alt') === ''
  if (!source.startsWith('data:'))
    return /(?:^|\/)(?:spacer|blank|transparent|pixel|1x1|lazy-?placeholder)\.(?:gif|png|svg)$/i.test(source)
  return (
    attributes.get('aria-hidden') === 'true' ||
    (source.startsWith('data:image/gif') && source.length < 160) ||
    source.startsWith('data:image/svg')
  )
}

/**
 * Settles the pictures of one parent: of a picture and its twin in `noscript` one stays, and a stand-in goes where the true
 * picture stands beside it.
 */
export function withoutTwins(children: HtmlNode[]): HtmlNode[] {
  const elements = children.filter(child => typeof child !== 'string')
  if (elements.some(isPlaceholder) && elements.flatMap(shownImagesIn).some(image => !isPlaceholder(image)))
    return withoutTwins(children.filter(child => typeof child === 'string' || !isPlaceholder(child)))
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

/** What two forms of one picture share: the address without scheme and query. */
function nameOf({ attributes }: { attributes: Attributes }): string {
  return (attributes.get('src') ?? attributes.get('srcset')?.split(/\s/, 1)[0] ?? '')
    .replace(/^https?:/i, '')
    .replace(/[?#].*$/, '')
    .replace(/^\.\//, '')
}
