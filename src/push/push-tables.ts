import type { StateStore } from '../model/state-store.ts'

/** Times are epoch milliseconds. `door`: the protocol by which somebody is told (`websub`, `rsscloud`, `webhook`). */
const tables = [
  // What subscribers of a feed were told last: the validator of its bytes, and a number that grows with each that is other.
  `CREATE TABLE IF NOT EXISTS topic (
    path TEXT PRIMARY KEY, etag TEXT NOT NULL, version INTEGER NOT NULL, changed INTEGER NOT NULL
  ) WITHOUT ROWID`,
  // `expires` null: as long as the settings name it (webhooks). `told`: when the last message arrived. `tried` and `outcome`: when the last
  // request was made, and what it came to, in words.
  `CREATE TABLE IF NOT EXISTS subscription (
    id INTEGER PRIMARY KEY, door TEXT NOT NULL, topic TEXT NOT NULL, callback TEXT NOT NULL, host TEXT NOT NULL,
    secret TEXT, since INTEGER NOT NULL, expires INTEGER, told INTEGER, outcome TEXT, failures INTEGER NOT NULL DEFAULT 0,
    took INTEGER NOT NULL DEFAULT 0, over INTEGER NOT NULL DEFAULT 0, tried INTEGER, UNIQUE (topic, callback, door)
  )`,
  'CREATE INDEX IF NOT EXISTS subscription_host ON subscription (host)',
  // One row for whatever is to be sent. `name` says what it is: a later one of the same name takes the place of the former.
  `CREATE TABLE IF NOT EXISTS job (
    id INTEGER PRIMARY KEY, kind TEXT NOT NULL, name TEXT NOT NULL UNIQUE, subscription INTEGER, host TEXT NOT NULL,
    version INTEGER NOT NULL, data TEXT, made INTEGER NOT NULL, attempt INTEGER NOT NULL, due INTEGER NOT NULL,
    claimed INTEGER NOT NULL DEFAULT 0
  )`,
  'CREATE INDEX IF NOT EXISTS job_due ON job (due)',
  "CREATE INDEX IF NOT EXISTS job_verification ON job (host) WHERE kind = 'verify'",
  'CREATE INDEX IF NOT EXISTS job_host ON job (host, due)',
  'CREATE INDEX IF NOT EXISTS job_subscription ON job (subscription)',
  // What webhooks were told of each article.
  `CREATE TABLE IF NOT EXISTS article (
    id TEXT PRIMARY KEY, title TEXT NOT NULL, url TEXT NOT NULL, published INTEGER, revised INTEGER NOT NULL
  ) WITHOUT ROWID`,
  'CREATE TABLE IF NOT EXISTS note (name TEXT PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID',
]

/** Makes what is not there yet. @throws whatever the store throws where it can't be written */
export function preparePushTables(state: StateStore): void {
  state.transaction(() => {
    for (const table of tables) state.query(table)
    addColumn(state, 'subscription', 'tried INTEGER')
  })
}

/** For a state that an earlier version has made. */
function addColumn(state: StateStore, table: string, column: string): void {
  const [{ sql = '' } = {}] = state.query<{ sql: string }>(
    'SELECT sql FROM sqlite_master WHERE type = ? AND name = ?',
    ...['table', table],
  )
  if (!sql.includes(column)) state.query(`ALTER TABLE ${table} ADD COLUMN ${column}`)
}
