import { hasWall } from './wordpress-members.ts'
import { childrenOf, childText, type XmlRecord } from './xml-items.ts'

/** The values of an item's custom field. */
export function metaOf(item: XmlRecord, key: string): string[] {
  return metas(item).flatMap(([name, value]) => (name === key ? [value] : []))
}

const metas = (item: XmlRecord): [string, string][] =>
  childrenOf(item, 'wp:postmeta').flatMap((meta): [string, string][] => {
    const [key, value] = [childText(meta, 'wp:meta_key')?.trim(), childText(meta, 'wp:meta_value')?.trim()]
    return key && value !== undefined ? [[key, value]] : []
  })

type PostStatus = 'published' | 'draft' | 'unlisted' | 'password' | 'paid'

/** Who may read the posts of an export. */
export interface PostAccess {
  statusOf(post: XmlRecord): PostStatus
  /** What items hold a plugin's rules of which nobody but the plugin knows for which posts they are. */
  unknownRules: string[]
}

export function accessOf(items: XmlRecord[], categories: XmlRecord[], tags: XmlRecord[]): PostAccess {
  const published = items.filter(item => childText(item, 'wp:status')?.trim() === 'publish')
  const typeOf = (item: XmlRecord) => childText(item, 'wp:post_type')?.trim() ?? 'post'
  const slugs = new Map(
    [...categories, ...tags].map(record => [
      childText(record, 'wp:term_id')?.trim() ?? '',
      (childText(record, 'wp:category_nicename') ?? childText(record, 'wp:tag_slug'))?.trim() ?? '',
    ]),
  )
  const rules = published.filter(item => typeOf(item) === 'memberpressrule').map(rule => ruleOf(rule, slugs))
  const unknownRules = [...new Set(published.map(typeOf).filter(type => rulesOfPlugins.test(type)))]
  const known = new Map<XmlRecord, PostStatus>()
  const settled = (post: XmlRecord): PostStatus => {
    const status = childText(post, 'wp:status')?.trim() ?? 'publish'
    if (status === 'private') return 'unlisted'
    if (status !== 'publish' && status !== 'future') return 'draft'
    if (childText(post, 'wp:post_password') !== null) return 'password'
    const isForMembers =
      unknownRules.length > 0 || rules.some(covers => covers(post)) || metas(post).some(restricts)
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

/** Of Content Control, Restrict User Access and SureMembers. */
const rulesOfPlugins = /^(?:cc_restriction|restriction|wsm_access_group)$/

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

/** Where plugins write who may read a post; each has something other than an open value where not everybody may. */
const accessKeys =
  /^(?:_jetpack_newsletter_access|_members_access_role|rcp_(?:user_level|access_level|subscription_level)|_is_paid|memberful_available_to_\w+|patreon-\w+|(?:pms|wppb)-content-restrict-(?!type|redirect|message)[\w-]+|_wpmem_block|ihc_mb_who|groups-(?:read|groups_read_post)|_wppcp_post_page_visibility|_llms_is_restricted|_llms_restricted_levels|_newspack_\w*(?:restrict|gate)\w*)$/

/** Custom fields of other plugins count where they say plainly yes. */
const accessWords = /member|restrict|paywall|paid|premium|patreon|protect|access|subscri|private|logged_?in/i
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
  if (accessKeys.test(key)) return !openValue.test(value)
  return accessWords.test(key) && !otherWords.test(key) && yes.test(value)
}
