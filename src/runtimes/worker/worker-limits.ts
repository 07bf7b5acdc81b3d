import type { WorkerBundle } from './worker-bundle.ts'

/** What Cloudflare takes: developers.cloudflare.com/workers/platform/limits, and static assets' own page of limits. */
export const platformLimits = {
  /** Assets of one deployment; gzipped bytes of the code and what is deployed with it. */
  free: { files: 20_000, script: 3 * 1024 * 1024 },
  paid: { files: 100_000, script: 10 * 1024 * 1024 },
  /** Bytes of one asset. */
  file: 25 * 1024 * 1024,
} as const

/** Gzipped bytes that the program itself may take; a test holds it to that. */
export const programBytes = 150 * 1024

/** Why the platform would refuse a publication, in sentences that say what to do; empty where it would not. */
export function limitProblems(
  bundle: Pick<WorkerBundle, 'files' | 'inlinedBytes' | 'tooLarge'>,
  plan: 'free' | 'paid',
): string[] {
  const { files, script } = platformLimits[plan]
  const number = (value: number) => value.toLocaleString('en')
  const mebibytes = (bytes: number) => `${(bytes / 1024 / 1024).toFixed(1)} MiB`
  const problems = bundle.tooLarge.map(
    ({ path, size }) =>
      `${path} has ${mebibytes(size)}; an asset may have ${mebibytes(platformLimits.file)}. Of a feed, limit and max_feed_bytes decide the size.`,
  )
  if (bundle.files > files)
    problems.push(
      `The publication needs ${number(bundle.files)} assets; the ${plan} plan takes ${number(files)}.${plan === 'free' ? ' The paid plan takes 100,000: --plan paid.' : ' Split the publication.'}`,
    )
  const bytes = bundle.inlinedBytes + programBytes
  if (bytes > script)
    problems.push(
      `The Worker would have ${mebibytes(bytes)} gzipped; the ${plan} plan takes ${mebibytes(script)}.${plan === 'free' ? ' The paid plan takes 10 MiB: --plan paid.' : ''}`,
    )
  return problems
}
