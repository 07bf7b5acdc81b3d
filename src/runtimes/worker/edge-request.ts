/** What Cloudflare tells of a request besides its headers. */
export type EdgeRequest = Request & { cf?: { clientAcceptEncoding?: string } }

/** The platform puts its own Accept-Encoding in the place of the client's, and keeps the client's beside it. */
export function asSent(request: EdgeRequest): Request {
  const sent = request.cf?.clientAcceptEncoding
  if (sent === undefined || sent === (request.headers.get('accept-encoding') ?? '')) return request
  const headers = new Headers(request.headers)
  if (sent === '') headers.delete('accept-encoding')
  else headers.set('accept-encoding', sent)
  return new Request(request, { headers })
}
