import * as v from 'valibot'
import {
  type PushSettings,
  pushDefaults,
  signatureMethods,
  type WebhookEvent,
  webhookEvents,
} from '../model/push-settings.ts'
import { isHttpUrl } from '../text/urls.ts'
import { type Given, integerBetween, type Setting, text } from './setting.ts'

const address = v.pipe(text, v.check(isAddress))
const lease = integerBetween(60, 31_536_000)
const expectedLease = 'a whole number of seconds from 60 to 31,536,000 (a year)'
const expectedAddress = 'an absolute address that begins with https:// or http://, without user or fragment'

/** The keys of the `[push]` table. */
export const pushSettingsTable = {
  hub: {
    schema: v.boolean(),
    expected: 'true or false',
    default: pushDefaults.hub,
    meaning:
      'Whether `serve`, or the Worker that `deploy` makes, is a WebSub hub and an rssCloud for the publication’s own feeds, which then name it. Subscribers are told within seconds of a publication. What `build` writes names it only where `hub_url` leads to a server: files answer nobody.',
    example: 'hub = true',
  },
  hub_url: {
    schema: address,
    expected: `${expectedAddress}, like "https://hub.example.org/"`,
    default: pushDefaults.hubUrl,
    meaning:
      'Where the hub is reached, if not at `hub` below `url`: the server that publishes, where several stand behind one name.',
    example: 'hub_url = "https://publisher.example.org/hub"',
  },
  signature: {
    schema: v.picklist(signatureMethods),
    names: () => signatureMethods,
    expected: 'one of "sha1", "sha256", "sha384", "sha512"',
    default: pushDefaults.signature,
    meaning:
      'How messages to subscribers that gave a secret are signed (X-Hub-Signature). Very old ones know sha1 only.',
    example: 'signature = "sha256"',
  },
  lease_default: {
    schema: lease,
    expected: expectedLease,
    default: pushDefaults.leaseDefault,
    meaning: 'How long a subscription holds that names no time: ten days without this setting.',
    example: 'lease_default = 864_000',
  },
  lease_min: {
    schema: lease,
    expected: expectedLease,
    default: pushDefaults.leaseMin,
    meaning: 'The shortest time for which a subscription holds, whatever is asked for.',
    example: 'lease_min = 3600',
  },
  lease_max: {
    schema: lease,
    expected: expectedLease,
    default: pushDefaults.leaseMax,
    meaning: 'The longest time for which a subscription holds. None holds for ever.',
    example: 'lease_max = 2_592_000',
  },
  max_subscriptions: {
    schema: integerBetween(1, 10_000_000),
    expected: 'a whole number from 1 to 10,000,000',
    default: pushDefaults.maxSubscriptions,
    meaning: 'How many subscriptions the hub takes.',
    example: 'max_subscriptions = 100_000',
  },
  max_per_host: {
    schema: integerBetween(1, 10_000_000),
    expected: 'a whole number from 1 to 10,000,000',
    default: pushDefaults.maxPerHost,
    meaning: 'How many of them may have their callbacks on one host.',
    example: 'max_per_host = 5000',
  },
  allow_private: {
    schema: v.boolean(),
    expected: 'true or false',
    default: pushDefaults.allowPrivate,
    meaning:
      'Whether callbacks and webhooks may be at addresses that are not on the public internet: for intranets and for trying it out. Whoever can reach the hub can then have this machine send requests into your network.',
    example: 'allow_private = true',
  },
  webhooks: {
    schema: v.array(
      v.strictObject({
        url: address,
        secret_env: v.pipe(text, v.regex(/^[A-Za-z_][A-Za-z0-9_]*$/)),
        events: v.optional(v.array(v.picklist(webhookEvents))),
      }),
    ),
    expected:
      'a list of [[push.webhooks]] tables with `url`, `secret_env` (the name of the environment variable that holds the secret) and, where not all are wanted, `events` out of "published", "revised", "withdrawn"',
    default: pushDefaults.webhooks,
    meaning:
      'Addresses that are sent a signed message (Standard Webhooks) for each article that is published, revised or withdrawn.',
    example:
      '[[push.webhooks]]\nurl = "https://example.org/hooks/news"\nsecret_env = "NEWS_WEBHOOK_SECRET"\nevents = ["published"]',
  },
} as const satisfies Record<string, Setting>

/**
 * Checked values, and the defaults of all others.
 * @param hubBy who answers at the hub's address: with `hub_url` nobody but whom the setting of this name leads to
 */
export function settlePush(
  given: Given<typeof pushSettingsTable>,
  hubBy: 'server' | 'hub_url' = 'server',
): PushSettings {
  const { webhooks = [], hub = pushDefaults.hub } = given
  const isUnanswered = hub && hubBy === 'hub_url' && given.hub_url === undefined
  return {
    hub: hub && !isUnanswered,
    hubUrl: given.hub_url ? new URL(given.hub_url).href : pushDefaults.hubUrl,
    signature: given.signature ?? pushDefaults.signature,
    leaseDefault: given.lease_default ?? pushDefaults.leaseDefault,
    leaseMin: given.lease_min ?? pushDefaults.leaseMin,
    leaseMax: given.lease_max ?? pushDefaults.leaseMax,
    maxSubscriptions: given.max_subscriptions ?? pushDefaults.maxSubscriptions,
    maxPerHost: given.max_per_host ?? pushDefaults.maxPerHost,
    allowPrivate: given.allow_private ?? pushDefaults.allowPrivate,
    webhooks: webhooks.map(({ url, secret_env: secretEnv, events }) => ({
      url: new URL(url).href,
      secretEnv,
      events: events ?? ([...webhookEvents] satisfies WebhookEvent[]),
    })),
    isUnanswered,
  }
}

function isAddress(given: string): boolean {
  const url = isHttpUrl(given) ? URL.parse(given) : null
  return url !== null && !url.username && !url.password && !url.hash
}
