import { expect, test } from 'vitest'
import { datedArticle, spawnBroadsheet, temporaryFolder } from '../runtimes/command-line.ts'

const patience = { timeout: 60_000 }

/** What `serve` says of a publication at an address, until it serves. */
async function saidAt(settings: string, ...words: string[]): Promise<string> {
  using folder = temporaryFolder({ 'one.md': datedArticle('One'), 'broadsheet.toml': settings })
  using state = temporaryFolder()
  await using server = spawnBroadsheet(['serve', folder.path, '--port', '0', ...words], {
    env: { BROADSHEET_STATE: state.path },
  })
  await server.until(/Serving at .*\n/)
  return server.said()
}

test('a hub at an address of this machine’s says that it is one, and who is not told', patience, async () => {
  const said = await saidAt(
    'url = "http://localhost:8799/"\nhubs = ["https://push.example.org/"]\n[push]\nhub = true\n',
  )
  expect(said).not.toContain('has no `url`')
  expect(said).toContain('as http://localhost:8799/ (a preview: no ids are kept for localhost')
  expect(said).toContain('Nobody on the internet reaches this hub: `url` names localhost.')
  expect(said).toContain('unless `allow_private = true` in [push] lets them')
  expect(said).toContain('Hubs of others (push.example.org) are told of nothing: `url` names localhost')
})

test('where private addresses are allowed, or nobody is told, nothing is said of it', patience, async () => {
  const allowed = await saidAt('url = "http://127.0.0.1:8799/"\n[push]\nhub = true\nallow_private = true\n')
  expect(allowed).not.toContain('reaches this hub')
  expect(allowed).toContain('(a preview: no ids are kept for 127.0.0.1')
  expect(await saidAt('url = "http://localhost:8799/"\n')).not.toMatch(/[Hh]ub/)
  const unnamed = await saidAt('[push]\nhub = true\n')
  expect(unnamed).toContain('Nobody on the internet reaches this hub: the publication has no `url`.')
  expect(unnamed).toContain('(a preview: the publication has no `url` yet)')
  const own = 'url = "http://localhost:8799/"\ntag_authority = "example.org,2026"\n'
  expect(await saidAt(own)).toMatch(/ as http:\/\/localhost:8799\/\. Ctrl\+C/)
})
