import { inspect } from '../../src/publish/inspect.ts'
import { renderPublication } from '../../src/publish/publication.ts'
import { readSettings } from '../../src/source/settings.ts'
import { type Corpus, hostileSettings } from './hostile-corpus.ts'
import { memorySource } from './memory-source.ts'

/** The last millisecond that RFC 3339 can write: nothing of the corpus is still to come. */
const now = Date.parse('9999-12-31T23:59:59.999Z')

/** The hostile corpus under hostile settings, archives included. */
export async function publishCorpus(corpus: Corpus, { limit = 50 } = {}) {
  const { site, problems } = readSettings(hostileSettings)
  if (!site) throw new Error(problems.map(({ message }) => message).join('\n'))
  const settings = { ...site, limit }
  const source = memorySource(corpus)
  const inspection = await inspect(source, settings, { now, ledgerKept: true })
  const publication = renderPublication(settings, inspection, { now, source })
  return { site: settings, inspection, publication }
}
