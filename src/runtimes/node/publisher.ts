import type { Site } from '../../model/site.ts'
import type { Publication, Snapshot, Store } from '../../model/snapshot.ts'
import type { Source } from '../../model/source.ts'
import { type Inspection, inspect } from '../../publish/inspect.ts'
import { renderPublication } from '../../publish/publication.ts'
import { createParseMemory, type ParseMemory } from '../../publish/read-articles.ts'
import { createRenderer, type Renderer } from '../../publish/renderer.ts'
import { nodeDigest } from './codings.ts'

/** One pass over the folder. */
export interface Edition {
  inspection: Inspection
  publication: Publication
}

export interface PublisherOptions {
  source: Source
  /** Epoch milliseconds. */
  clock: () => number
  onProgress?(done: number, total: number): void
}

/** Makes editions of one folder, and remembers what it read and rendered for the next one. */
export interface Publisher {
  /** Rejects with a `SourceError` where the folder can't be read. */
  edition(site: Site): Promise<Edition>
  /** An edition, made current in a store. */
  publish(site: Site, store: Store): Promise<Edition & { snapshot: Snapshot }>
}

export function createPublisher({ source, clock, onProgress }: PublisherOptions): Publisher {
  let memory: { settings: string; parsed: ParseMemory; renderer: Renderer } | null = null

  async function edition(site: Site): Promise<Edition> {
    const settings = JSON.stringify(site)
    // Other settings may change any article and any document: nothing that is remembered can be trusted.
    if (memory?.settings !== settings)
      memory = { settings, parsed: createParseMemory(), renderer: createRenderer(site) }
    const { parsed, renderer } = memory
    const now = clock()
    const inspection = await inspect(source, site, {
      now,
      memory: parsed,
      digest: nodeDigest,
      ...(onProgress && { onProgress }),
    })
    return { inspection, publication: renderPublication(site, inspection, { now, source, renderer }) }
  }

  return {
    edition,
    async publish(site, store) {
      const made = await edition(site)
      return { ...made, snapshot: await store.publish(made.publication) }
    },
  }
}
