import { hasWall } from './wordpress-members.ts'
import { childrenOf, childText, type XmlRecord } from './xml-items.ts'

/** The values of an item's custom field. */
export function metaOf(item: XmlRecord, key: string): string[] {
  return metas(item).flatMap(([name, value]) => (name === key ? [value] : []))
}

const metas = (item: XmlRecord, name: 'wp:postmeta' | 'wp:termmeta' = 'wp:postmeta'): [string, string][] =>
  childrenOf(item, name).flatMap((meta): [string, string][] => {
    const [key, value] = [childText(meta, 'wp:meta_key')?.trim(), childText(meta, 'wp:meta_value')?.trim()]
    return key && value !== undefined ? [[key, value]] : []
  })

type PostStatus = 'published' | 'draft' | 'unlisted' | 'password' | 'paid'

/** One of `wp:category`, `wp:tag` and `wp:term`: each calls its fields after itself. */
function termOf(record: XmlRecord) {
  const text = (...names: string[]) =>
    names.map(name => childText(record, name)?.trim()).find(found => found !== undefined) ?? ''
  return {
    id: text('wp:term_id'),
    slug: text('wp:category_nicename', 'wp:tag_slug', 'wp:term_slug'),
    parent: text('wp:category_parent', 'wp:term_parent'),
    isRestricted: metas(record, 'wp:termmeta').some(restricts),
  }
}

/** By their names in addresses; what stands below one that not everybody may read is no more open than that. */
function restrictedTerms(terms: ReturnType<typeof termOf>[]): Set<string> {
  const found = new Set(terms.flatMap(({ slug, isRestricted }) => (isRestricted ? [slug] : [])))
  if (found.size === 0) return found
  const below = Map.groupBy(terms, ({ parent }) => parent)
  for (const slug of found) for (const term of below.get(slug) ?? []) found.add(term.slug)
  return found
}

/** Who may read the posts of an export. */
export interface PostAccess {
  statusOf(post: XmlRecord): PostStatus
  /** What items hold a plugin's rules of which nobody but the plugin knows for which posts they are. */
  unknownRules: string[]
}

export function accessOf(items: XmlRecord[], termRecords: XmlRecord[]): PostAccess {
  const published = items.filter(item => childText(item, 'wp:status')?.trim() === 'publish')
  const typeOf = (item: XmlRecord) => childText(item, 'wp:post_type')?.trim() ?? 'post'
  const terms = termRecords.map(termOf)
  const slugs = new Map(terms.map(({ id, slug }) => [id, slug]))
  const closed = restrictedTerms(terms)
  const rules = published.filter(item => typeOf(item) === 'memberpressrule').map(rule => ruleOf(rule, slugs))
  const unknownRules = [...new Set(published.map(typeOf).filter(type => rulesOfPlugins.test(type)))]
  const known = new Map<XmlRecord, PostStatus>()
  const settled = (post: XmlRecord): PostStatus => {
    const status = childText(post, 'wp:status')?.trim() ?? 'publish'
    if (status === 'private') return 'unlisted'
    if (status !== 'publish' && status !== 'future') return 'draft'
    if (childText(post, 'wp:post_password') !== null) return 'password'
    const isForMembers =
      unknownRules.length > 0 ||
      rules.some(covers => covers(post)) ||
      childrenOf(post, 'category').some(({ attributes: { nicename } }) => closed.has(nicename ?? '')) ||
      metas(post).some(restricts)
    return isForMembers || hasWallIn(post) ? 'paid' : 'published'
  }
  return {
    unknownRules,
    statusOf(post) {
      const status = known.get(post) ?? settled(post)
      known.set(post, status)
      return status
    },
  }
}

/** Of Content Control, Restrict User Access, SureMembers and Newspack. */
const rulesOfPlugins = /^(?:cc_restriction|restriction|wsm_access_group|np_content_gate)$/

/** A part below which only those who pay read on. */
function hasWallIn(post: XmlRecord): boolean {
  const content = childText(post, 'content:encoded') ?? ''
  return /<!--\s*wp:(?:jetpack\/paywall|premium-content\/)/.test(content) || hasWall(content)
}

/** Of MemberPress, whose rules are items of their own. What can't be told is meant for every post. */
function ruleOf(rule: XmlRecord, slugs: Map<string, string>): (post: XmlRecord) => boolean {
  const type = metaOf(rule, '_mepr_rules_type')[0] ?? 'all'
  const [content = ''] = metaOf(rule, '_mepr_rules_content')
  if (/^(?:partial|(?:all|single|parent)_page|all_memberpress.*)$/.test(type)) return () => false
  if (type === 'single_post')
    return post =>
      [childText(post, 'wp:post_id'), childText(post, 'wp:post_name')].some(id => id?.trim() === content)
  const slug = slugs.get(content) ?? content
  if (/^(?:category|tag)$/.test(type) && !/^\d*$/.test(slug))
    return post => childrenOf(post, 'category').some(({ attributes: { nicename } }) => nicename === slug)
  return () => true
}

/** What says nothing, or that anybody may read. */
const openValue =
  /^(?:0|no|none|off|false|all|everyone|everybody|public|default|unrestricted|visible|show|unreg|guest|loggedout|a:0:\{\})?$/i

const yes =
  /^(?:1|y|yes|on|true|private|restricted?|hidden|protected|premium|paid|paid_\w+|logged[-_]?in|members?|members?[-_]only|subscribers?|roles?)$/i

const hiddenValue = /^(?:hidden|private|restricted|members?|subscribers?|logged[-_]?in|paid|premium)$/i

/** Where plugins write who may read a post; each has something other than an open value where not everybody may. */
const accessKeys =
  /^(?:_jetpack_newsletter_access|_members_access_role|rcp_(?:user_level|access_level|subscription_level)|_is_paid|memberful_available_to_\w+|patreon-\w+|(?:pms|wppb)-content-restrict-(?!type|redirect|message)[\w-]+|_wpmem_block|ihc_mb_who|groups-(?:read|groups_read_post)|_wppcp_post_page_visibility|_llms_is_restricted|_llms_restricted_levels|rcp_restricted_meta|s2member_ccaps|ppwp_post_protection_roles|_newspack_\w*(?:restrict|gate)\w*)$/

/** Custom fields of other plugins count where they say plainly yes. */
const accessWords =
  /member|restrict|paywall|paid|premium|patreon|protect|access(?!ib|or)|subscri|private|log(?:ged)?_?in|exclusive|vip[-_]only|gated|unlisted|^_?(?:is_|post_|content_)*locked$|^_?lock_(?:post|content)$|^_?hid(?:e|den)_(?:this_)?(?:post|article|entry)$|^_?(?:is|post)_hidden$|^_?(?:hide|exclude)_from_(?:feed|rss|public)s?$/i
/** Those that name who may: whatever they say, unless it is everybody. */
const whoWords =
  /(?:^|_)(?:(?:required?|user|allowed|access|member|restricted)_(?:to_)?roles?|access_(?:level|tier|group|plan)s?|members?(?:hip)?_(?:only|level|tier|plan)s?|required_(?:level|tier|plan)s?|content_visibility|post_access_groups?)$|^_?patreon_level$/i
const otherWords = /comment|mail|message|excerpt|public|date|sent|count|newsletter_?sent|contains|addon/i

function restricts([key, value]: [string, string]): boolean {
  if (key === 'um_content_restriction')
    return (
      /"_um_custom_access_settings";(?:s:1:"1"|[bi]:1)/.test(value) &&
      !(/"_um_accessible";(?:s:1:"[01]"|i:[01])/.test(value) && !/_roles?";a:[1-9]/.test(value))
    )
  if (key === '_issuem_leaky_paywall_visibility')
    return /"visibility_type";s:\d+:"(?!default"|always")/.test(value)
  if (key === 'memberful_acl') return /a:[1-9]\d*:\{i:/.test(value)
  // ARMember marks with it what is kept back, by 0 as well.
  if (key === 'arm_access_plan') return value !== ''
  // Of myCRED and LaterPay, by which a post is sold, and of WP Fusion.
  if (/^mycred_sell_content$/i.test(key)) return /"status";s:\d+:"enabled"/.test(value)
  if (/^_?laterpay_post_prices$/.test(key)) return /"price";[dis]:(?!0[;.0]*[;}])/.test(value)
  if (/^_?wpf[-_]settings$/.test(key)) return /"lock_content";(?:s:1:"1"|[bi]:1)/.test(value)
  if (/^_?(?:post_)?visibility$/i.test(key)) return hiddenValue.test(value)
  if (accessKeys.test(key) || (whoWords.test(key) && !otherWords.test(key))) return !openValue.test(value)
  return accessWords.test(key) && !otherWords.test(key) && yes.test(value)
}
