import { pagePolicy } from '../model/page-policy.ts'
import type { HeaderFields } from './header-fields.ts'

/** On every answer: nobody guesses types, and other sites learn no more than where a visitor came from. */
const everywhere: HeaderFields = {
  'referrer-policy': 'strict-origin-when-cross-origin',
  'x-content-type-options': 'nosniff',
}

/** Answers that show nothing: redirects, errors in plain text. A reader in a web page may see these too. */
export const bareSecurity: HeaderFields = {
  ...everywhere,
  'access-control-allow-origin': '*',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
}

/**
 * Pages load pictures, sound and film from wherever articles have them, style and script from here: the one script that
 * there is copies a feed's address. A document that needs more says so in a policy of its own.
 */
const page: HeaderFields = {
  ...everywhere,
  'content-security-policy': pagePolicy(),
}

/** No cookies are involved anywhere, so scripts of every site may read feeds and media, and revalidate them (Fetch §3.3). */
export const corsHeaders: HeaderFields = {
  'access-control-allow-origin': '*',
  'access-control-expose-headers': 'Accept-Ranges, Content-Length, Content-Range, ETag, Link, Retry-After',
}

/** A browser runs XHTML scripts inside a feed that it shows: the sandbox stops them, and leaves a style sheet its say. */
const feed: HeaderFields = {
  ...everywhere,
  'content-security-policy': [
    "default-src 'none'",
    'img-src * data:',
    'media-src *',
    "style-src 'self'",
    "base-uri 'none'",
    "form-action 'none'",
    "frame-ancestors 'none'",
    'sandbox',
  ].join('; '),
  ...corsHeaders,
  'cross-origin-resource-policy': 'cross-origin',
}

/** What browsers show of a medium by itself: the picture, the player, the PDF. */
const medium: HeaderFields = {
  ...feed,
  'content-security-policy':
    "default-src 'none'; img-src 'self' data:; media-src 'self'; object-src 'self'; style-src 'unsafe-inline'",
}

/** An SVG is a document of its own: its style is needed, its scripts are not. */
const drawing: HeaderFields = {
  ...feed,
  'content-security-policy': "default-src 'none'; img-src data:; style-src 'unsafe-inline'; sandbox",
}

const isPage = (mediaType: string) => mediaType.startsWith('text/html')

export function documentSecurity(mediaType: string): HeaderFields {
  return isPage(mediaType) ? page : feed
}

/** What a 304 must say again for the script that asked to see it. */
export function documentOpenness(mediaType: string): HeaderFields {
  return isPage(mediaType) ? {} : corsHeaders
}

export function mediumSecurity(mediaType: string): HeaderFields {
  return mediaType.startsWith('image/svg+xml') ? drawing : medium
}
