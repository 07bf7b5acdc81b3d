import { imageHeaderBytes } from '../media/image-size.ts'
import {
  coverFaults,
  directoryTypes,
  isPodcastCategory,
  longestDescription,
  longestEpisode,
} from '../media/podcast-rules.ts'
import { type Ask, isOutgoingFailure, type OutgoingAnswer } from '../model/outgoing.ts'
import { mediaTypeEssence } from '../text/media-type.ts'
import type { Report } from './finding.ts'
import { listSome } from './finding.ts'
import { parseTree, type Tree } from './xml-tree.ts'

const itunes = 'http://www.itunes.com/dtds/podcast-1.0.dtd'

/** Sounds of a feed that are asked for: the newest are what a directory looks at first. */
const mostSounds = 5

/** Asks of a podcast's RSS what Apple's directory asks, one rule after the other. */
export async function examinePodcast(answer: OutgoingAnswer, ask: Ask, report: Report): Promise<void> {
  const channel = channelOf(answer)
  if (!channel) {
    report('podcast-no-rss', answer.url, 'Directories take RSS, and this is something else.')
    return
  }
  const { url } = answer
  const items = channel.children.filter(({ name, space }) => name === 'item' && space === '')
  examineShow(channel, url, report)
  await examineCover(channel, url, ask, report)
  const sounds = items.flatMap(item => {
    const enclosure = within(item, 'enclosure')
    return enclosure ? [enclosure.attributes] : []
  })
  examineSounds(items, sounds, url, report)
  examineLengths(items, url, report)
  for (const { url: sound = '', length, type } of sounds.slice(0, mostSounds))
    await examineSound(new URL(sound, url).href, { length, type }, ask, report)
}

function channelOf({ body }: OutgoingAnswer): Tree | null {
  try {
    const root = parseTree(new TextDecoder().decode(body))
    return root?.name === 'rss' ? within(root, 'channel') : null
  } catch {
    return null
  }
}

function within(tree: Tree, name: string, space = ''): Tree | null {
  return tree.children.find(child => child.name === name && child.space === space) ?? null
}

function examineShow(channel: Tree, url: string, report: Report): void {
  const said = (name: string, space = '') => within(channel, name, space)?.text.trim() ?? ''
  const lacking = [
    ...['title', 'description', 'language', 'link'].filter(name => said(name) === ''),
    ...['author', 'explicit'].filter(name => said(name, itunes) === '').map(name => `itunes:${name}`),
    ...(within(channel, 'category', itunes) ? [] : ['itunes:category']),
    ...(within(channel, 'image', itunes) ? [] : ['itunes:image']),
  ]
  if (lacking.length > 0) report('podcast-incomplete', url, `The show has no ${lacking.join(', ')}.`)
  const bytes = new TextEncoder().encode(said('description')).length
  if (bytes > longestDescription) report('podcast-description-long', url, `It has ${bytes} bytes.`)
  const unknown = channel.children
    .filter(({ name, space }) => name === 'category' && space === itunes)
    .map(category => {
      const inner = within(category, 'category', itunes)?.attributes.text
      return [category.attributes.text ?? '', ...(inner ? [inner] : [])].join(' > ')
    })
    .filter(category => !isPodcastCategory(category))
  if (unknown.length > 0) report('podcast-category-unknown', url, `${listSome(unknown)}.`)
  const explicit = said('explicit', itunes)
  if (explicit !== '' && !/^(?:true|false|yes|no|clean)$/i.test(explicit))
    report('podcast-explicit-wrong', url, `It says "${explicit}".`)
  if (said('owner', itunes) === '') report('podcast-owner-missing', url, 'There is no itunes:owner.')
}

async function examineCover(channel: Tree, url: string, ask: Ask, report: Report): Promise<void> {
  const href = within(channel, 'image', itunes)?.attributes.href
  const address = href && URL.parse(href, url)?.href
  if (!address) return
  const answer = await asked(address, ask, { limit: imageHeaderBytes })
  if (typeof answer === 'string' || answer.status >= 300) {
    report('podcast-cover-wrong', address, `It can't be fetched: ${statusOf(answer)}.`)
    return
  }
  const faults = coverFaults(answer.body, address)
  if (faults.length > 0) report('podcast-cover-wrong', address, `It ${faults.join('; it ')}.`)
}

function examineSounds(items: Tree[], sounds: Record<string, string>[], url: string, report: Report): void {
  const silent = items.length - sounds.length
  if (silent > 0) report('podcast-item-silent', url, `${silent} of ${items.length} items.`)
  const seen = new Set<string>()
  const twice = sounds.flatMap(({ url = '' }) => (seen.size === seen.add(url).size ? [url] : []))
  if (twice.length > 0) report('podcast-sound-twice', url, `${listSome(twice)}.`)
  const foreign = sounds.filter(({ type = '' }) => !directoryTypes.test(type))
  if (foreign.length > 0)
    report(
      'podcast-type-unknown',
      url,
      `${foreign.length} of ${sounds.length}: ${listSome(foreign.map(({ type = 'no type' }) => type))}.`,
    )
}

function examineLengths(items: Tree[], url: string, report: Report): void {
  const long = items.flatMap(item => {
    const written = within(item, 'duration', itunes)?.text.trim() ?? ''
    const seconds = written.split(':').reduce((sum, part) => sum * 60 + Number(part), 0)
    return seconds > longestEpisode ? [`${within(item, 'title')?.text.trim()} (${written})`] : []
  })
  if (long.length > 0) report('podcast-episode-long', url, `${listSome(long)}.`)
}

/** HEAD, a range, the length and the type, as a directory's checks ask for them. */
async function examineSound(
  url: string,
  { length, type }: { length?: string | undefined; type?: string | undefined },
  ask: Ask,
  report: Report,
): Promise<void> {
  const head = await asked(url, ask, { method: 'HEAD', limit: 0 })
  if (typeof head === 'string' || head.status >= 400) {
    report('podcast-head-refused', url, `HEAD: ${statusOf(head)}.`)
    return
  }
  // Services that count downloads answer with a redirect, which players follow.
  if (head.status >= 300) return
  const { 'content-length': served, 'content-type': servedType = '' } = head.headers
  if (served !== undefined && served !== length)
    report('podcast-length-wrong', url, `The feed says ${length ?? 'nothing'}, the server ${served} bytes.`)
  const essence = mediaTypeEssence(servedType)
  if (type && essence !== '' && essence !== type.toLowerCase())
    report('podcast-type-wrong', url, `The feed says ${type}, the server ${essence}.`)
  const part = await asked(url, ask, { headers: { Range: 'bytes=0-1' }, limit: 1000 })
  if (typeof part !== 'string' && part.status !== 206)
    report('podcast-no-ranges', url, `Status ${part.status} to Range: bytes=0-1.`)
}

async function asked(url: string, ask: Ask, request: Parameters<Ask>[1]): Promise<OutgoingAnswer | string> {
  try {
    return await ask(url, request)
  } catch (error) {
    if (!isOutgoingFailure(error) || error.reason === 'spent') throw error
    return error.message
  }
}

const statusOf = (answer: OutgoingAnswer | string) =>
  typeof answer === 'string' ? answer : `status ${answer.status}`
