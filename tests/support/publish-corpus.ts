import type { Site } from '../../src/model/site.ts'
import { inspect } from '../../src/publish/inspect.ts'
import { renderPublication } from '../../src/publish/publication.ts'
import { readSettings } from '../../src/settings/settings.ts'
import { type Corpus, hostileSettings } from './hostile-corpus.ts'
import { memorySource } from './memory-source.ts'

/** The last millisecond that RFC 3339 can write: nothing of the corpus is still to come. */
export const corpusClock = Date.parse('9999-12-31T23:59:59.999Z')

export function hostileSite(): Site {
  const { site, problems } = readSettings(hostileSettings)
  if (!site) throw new Error(problems.map(({ message }) => message).join('\n'))
  return site
}

/** The hostile corpus under hostile settings, archives included. */
export async function publishCorpus(corpus: Corpus) {
  const [site, now] = [hostileSite(), corpusClock]
  const source = memorySource(corpus)
  const inspection = await inspect(source, site, { now, ledgerKept: true })
  const publication = renderPublication(site, inspection, { now, source })
  return { site, inspection, publication }
}
