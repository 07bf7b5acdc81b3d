import * as v from 'valibot'
import { type ServingSettings, servingDefaults } from '../model/serving.ts'
import { listeningPlaceForm } from '../text/listening-places.ts'
import { type Given, integerBetween, type Setting, text } from './setting.ts'

/** An address, a network after RFC 4632 or RFC 4291 §2.3, or the word for sockets in the file system. */
const proxy = /^(?:unix|(?:\d{1,3}\.){3}\d{1,3}(?:\/\d{1,2})?|[\da-fA-F]*:[\da-fA-F:.]*(?:\/\d{1,3})?)$/
const logs = ['text', 'json', 'requests'] as const
const seconds = 'a whole number of seconds'

/** The keys of the `[serve]` table. */
export const serveSettingsTable = {
  metrics: {
    schema: v.pipe(text, v.regex(listeningPlaceForm)),
    expected: 'a host and a port, like "127.0.0.1:9464", or the absolute path of a socket',
    default: servingDefaults.metrics,
    meaning:
      'Where `/metrics` (for Prometheus), `/readyz` and `/healthz` are answered: a listener of its own, so that no reader can ask for them. Without it: nowhere.',
    example: 'metrics = "127.0.0.1:9464"',
  },
  log: {
    schema: v.picklist(logs),
    names: () => logs,
    expected: '"text", "json" or "requests"',
    default: servingDefaults.log,
    meaning:
      'What is said on stderr: sentences for people; the same as JSON, one object a line; or that and one line for every request, without its query.',
    example: 'log = "requests"',
  },
  trusted_proxies: {
    schema: v.array(v.pipe(text, v.regex(proxy), v.check(isNetwork))),
    expected: 'a list of addresses and networks, like "10.0.0.0/8" or "::1", and "unix" for sockets',
    default: servingDefaults.trustedProxies,
    meaning:
      'Whose `X-Forwarded-For` is believed, for `client_budget` and in the log. It never has a part in what is answered.',
    example: 'trusted_proxies = ["127.0.0.1", "::1", "unix"]',
  },
  client_budget: {
    schema: integerBetween(1, 1_000_000),
    expected: 'a whole number from 1 to 1,000,000',
    default: servingDefaults.clientBudget,
    meaning:
      'How many whole copies of a feed that has not changed a client may fetch in an hour, before it is told to wait (429). A client is a program (`User-Agent`) at an address; what answers with 304 costs nothing, and this machine is never refused. Many readers may share an address and a program: 60 leaves room for fifteen that ask every quarter of an hour and remember nothing. Without it: no limit.',
    example: 'client_budget = 60',
  },
  deltas: {
    schema: v.boolean(),
    expected: 'true or false',
    default: servingDefaults.deltas,
    meaning:
      'Whether a program that asks with `A-IM: feed` gets only the articles that are new to it, with status 226 (RFC 3229). Some readers lose articles on it: those that are known to always get the whole feed.',
    example: 'deltas = true',
  },
  state: {
    schema: v.pipe(text, v.regex(/^(?:\/|[A-Za-z]:[\\/])/)),
    expected: 'the absolute path of a folder, not inside the folder of the articles',
    default: servingDefaults.state,
    meaning:
      'Where the server keeps what it remembers for itself: who is subscribed, what is still to be sent. Without it: `$XDG_STATE_HOME/broadsheet` or what the system has for that. `BROADSHEET_STATE` goes before it.',
    example: 'state = "/var/lib/broadsheet"',
  },
  max_connections: {
    schema: integerBetween(1, 1_000_000),
    expected: 'a whole number from 1 to 1,000,000',
    default: servingDefaults.maxConnections,
    meaning: 'Connections that may be open at once. When there are so many, idle ones are closed first.',
    example: 'max_connections = 4096',
  },
  max_header_bytes: {
    schema: integerBetween(1024, 1_048_576),
    expected: 'a whole number of bytes from 1024 to 1,048,576',
    default: servingDefaults.maxHeaderBytes,
    meaning: 'How large a request’s line and header fields may be together; 431 beyond.',
    example: 'max_header_bytes = 16_384',
  },
  request_timeout: {
    schema: integerBetween(1, 3600),
    expected: `${seconds} from 1 to 3600`,
    default: servingDefaults.requestTimeout,
    meaning: 'How long a request may take to arrive, its header fields half as long; 408 beyond.',
    example: 'request_timeout = 20',
  },
  stall_timeout: {
    schema: integerBetween(1, 86_400),
    expected: `${seconds} from 1 to 86,400`,
    default: servingDefaults.stallTimeout,
    meaning: 'How long a client may take nothing of its answer before the connection is closed.',
    example: 'stall_timeout = 60',
  },
  keep_alive: {
    schema: integerBetween(1, 3600),
    expected: `${seconds} from 1 to 3600`,
    default: servingDefaults.keepAlive,
    meaning:
      'How long a connection waits for its next request. Behind a proxy that keeps connections open: longer than the proxy does.',
    example: 'keep_alive = 75',
  },
} as const satisfies Record<string, Setting>

/** Checked values, and the defaults of all others. */
export function settleServing(given: Given<typeof serveSettingsTable>): ServingSettings {
  return {
    metrics: given.metrics ?? servingDefaults.metrics,
    log: given.log ?? servingDefaults.log,
    trustedProxies: given.trusted_proxies ?? servingDefaults.trustedProxies,
    clientBudget: given.client_budget ?? servingDefaults.clientBudget,
    state: given.state ?? servingDefaults.state,
    deltas: given.deltas ?? servingDefaults.deltas,
    maxConnections: given.max_connections ?? servingDefaults.maxConnections,
    maxHeaderBytes: given.max_header_bytes ?? servingDefaults.maxHeaderBytes,
    requestTimeout: given.request_timeout ?? servingDefaults.requestTimeout,
    stallTimeout: given.stall_timeout ?? servingDefaults.stallTimeout,
    keepAlive: given.keep_alive ?? servingDefaults.keepAlive,
  }
}

/** Whether every octet and the prefix are as large as they may be; the form was looked at before. */
function isNetwork(text: string): boolean {
  const [address = '', prefix] = text.split('/')
  const isIPv6 = address.includes(':')
  if (Number(prefix ?? 0) > (isIPv6 ? 128 : 32)) return false
  return isIPv6
    ? URL.canParse(`http://[${address}]/`)
    : text === 'unix' || address.split('.').every(part => Number(part) < 256)
}
