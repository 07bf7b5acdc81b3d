/**
 * What a page may load (CSP 3): pictures, sound and film from wherever articles have them, style and script from here.
 * @param players origins of players that the reader may ask for on this page
 */
export const pagePolicy = (players: readonly string[] = []): string =>
  [
    "default-src 'none'",
    'img-src * data:',
    'media-src *',
    ...(players.length > 0 ? [`frame-src ${players.join(' ')}`] : []),
    "script-src 'self'",
    "style-src 'self' 'unsafe-inline'",
    "form-action 'self'",
    "base-uri 'none'",
    "frame-ancestors 'self'",
  ].join('; ')
