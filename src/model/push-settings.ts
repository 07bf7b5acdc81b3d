/** HMAC algorithms of WebSub §7.1.1. */
export const signatureMethods = ['sha1', 'sha256', 'sha384', 'sha512'] as const
export type SignatureMethod = (typeof signatureMethods)[number]

/** What a webhook can be told of. */
export const webhookEvents = ['published', 'revised', 'withdrawn'] as const
export type WebhookEvent = (typeof webhookEvents)[number]

export interface WebhookSettings {
  url: string
  /** The name of the environment variable that holds the secret: `whsec_` and base64. */
  secretEnv: string
  events: WebhookEvent[]
}

/** How subscribers are told at once. Read when a server starts; only `hub` and `hubUrl` show in documents. */
export interface PushSettings {
  /** Whether this server is a WebSub hub and an rssCloud for its own feeds. */
  hub: boolean
  /** Where the hub is reached, absolute; null: `hub` below the publication's url. */
  hubUrl: string | null
  signature: SignatureMethod
  /** Seconds: of a subscription that names no time, and the bounds of what one may ask for. */
  leaseDefault: number
  leaseMin: number
  leaseMax: number
  /** Subscriptions in all, and to callbacks on one host. */
  maxSubscriptions: number
  maxPerHost: number
  /** Whether callbacks and webhooks may be at addresses that are not public. */
  allowPrivate: boolean
  webhooks: WebhookSettings[]
  /** A hub is asked for, and nobody would answer there: what is made is files, and `hubUrl` leads nowhere else. */
  isUnanswered: boolean
}

export const pushDefaults: PushSettings = {
  hub: false,
  hubUrl: null,
  signature: 'sha256',
  leaseDefault: 864_000,
  leaseMin: 3600,
  leaseMax: 2_592_000,
  maxSubscriptions: 100_000,
  maxPerHost: 5000,
  allowPrivate: false,
  webhooks: [],
  isUnanswered: false,
}

/** Whether anything is to be told to anybody. */
export const isPushing = ({ hub, webhooks }: PushSettings): boolean => hub || webhooks.length > 0

/** The hub's own address. @param url the publication's, ends in `/` */
export function hubAddress({ hubUrl }: Pick<PushSettings, 'hubUrl'>, url: string): string {
  return hubUrl ?? `${url}hub`
}

/** The path at which requests to the hub arrive. */
export const hubPath = (push: Pick<PushSettings, 'hubUrl'>, url: string): string =>
  decodeURI(new URL(hubAddress(push, url)).pathname)

/** Whether the publication's own address leads to the hub: else it stands somewhere else. */
export const isHubHere = (push: Pick<PushSettings, 'hub' | 'hubUrl'>, url: string): boolean =>
  push.hub && new URL(hubAddress(push, url)).host === new URL(url).host

/** Where rssCloud's two requests go. */
export function cloudAddress(hub: string, request: 'pleaseNotify' | 'ping'): string {
  return `${hub.replace(/\/$/, '')}/${request}`
}
