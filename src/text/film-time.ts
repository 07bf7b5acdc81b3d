/** `90`, `90s` or `1h1m30s`, as addresses of films say where to begin, in seconds; 0 where it is no time. */
export function filmSeconds(time: string): number {
  const [, hours = 0, minutes = 0, seconds = 0] = /^(?:(\d+)h)?(?:(\d+)m)?(?:(\d+)s?)?$/.exec(time) ?? []
  return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds)
}
