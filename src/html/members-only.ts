/** What names of shortcodes, blocks and their settings say of a part that not everybody may read. */
const membersWords = new RegExp(
  [
    'member(?!ship[-_]?(?:form|button|link))|restrict|protect|privat|pvt|paid|premium|paywall|pay[-_]?(?:per|to|for)|subscri',
    'log(?:ged)?[-_]?in|signed?[-_]?in|access(?!ib|or)|patr(?:on|eon)|supporter|donor|(?<![bcf])lock|(?:^|[-_])gated?(?![a-z])',
    'hid(?:e|den)|secret|confidential|passw|passster|ppwp|register|exclusiv|(?:^|[-_])vip|drip|purchas|mycred|laterpay|leaky',
    'visib|condition(?!er|ing|s$)|capab|(?:^|[-_]|user|if)roles?(?:$|[-_])|(?:current[-_]?)?user[-_]?(?:can|is|has|in|level|role|meta)',
    '(?:^|[-_])(?:if|else|unless)(?:$|[-_])|show[-_]?(?:if|to)|(?:^|[-_])(?:student|enrolled|course)(?:$|[-_])',
    '^(?:s2|opmif|mepr|pmpro|rcp|arm_|ihc|swpm|wlm|wishlist|am4|memb_|um_|wpf|wppb|pms-|wcm_|mm_|i4w|dap(?:$|_)|aam(?:$|_))',
    '^(?:groups_|learndash|ld_|lifterlms|llms|content_control|content_protector|is_(?:active|free|not_free|expired)$)',
    '(?:^|[-_])pay(?:$|[-_])|^reply$|huifu|erphp|mitglied|gesch(?:ü|ue)tzt|abonn|membre|miembro|suscri|privad|iscritt|abbonat',
    'log(?:ged)?[-_]?users?|non[-_]?public|(?:^|[-_])intern(?:al)?(?:$|[-_])|to[-_]?(?:read|view|see)$|user[-_]?read|eyes|^fyeo',
    '(?:^|[-_])(?:ppv|credits?|levels?|tiers?|gold|silver|platinum)(?:$|[-_\\d])|bought|(?:^|[-_])owns?[-_]|buyers?|backers?',
    'schedul|(?:^|[-_])timed|expir|embargo|countdown|ifso|dynamic[-_]?content|(?:^|[-_])geo(?:ip)?[-_]|opt[-_]?in(?:$|[-_])',
    'pass[-_]?content|edd_content|wp_?fusion|fluentcrm|wallkit|lead[-_]?magnet|after[-_]?(?:e?mail|share|like)|^ure(?:$|_)',
    '(?:^|[-_])(?:logged|admins?|auth(?:enticated|ori[sz]ed)?|insiders?|unlisted|drafts?|wip)(?:$|[-_])|^only[-_](?!mobile|desktop|tablet|phone|screen|print|amp)',
    '^wpmem_|(?:^|[-_])(?:not|no|non)[-_]?(?:guest|visitor)s?$',
    '会员|會員|登录|登入|付费|付費|隐藏|隱藏|回复|密码',
    '(?<!(?:client|browser|server|light|dark|mobile|desktop|tablet|phone|screen|print|amp|read)[-_]?)only$',
  ].join('|'),
  'i',
)

/** Who is on a team is no member in that sense; the namespace of a collection of blocks that anybody uses. */
const otherMembers = /team[-_]?member|^premium\//i

const forGuests =
  /(?:not|un)[-_]?(?:logged|signed|registered|a[-_]?member|member)|(?:logged|signed)[-_]?out|non[-_]?member|(?:^|[-_])(?:guests?|visitors?)$/i

const withheldFrom =
  /hid(?:e|den)|restrict|protect|block|except|(?:^|[-_])(?:not|no|non)[-_]?(?:guest|visitor|logged[-_]?out|signed[-_]?out)/i

/**
 * Whether the name of a shortcode or of a block (`restrict`, `memberful/gate`, `rcp_is_paid`) says that what stands in it is not for
 * everybody. There are hundreds of plugins and no list of them: on doubt it does. What is for guests alone is for everybody.
 */
export function speaksOfMembers(name: string): boolean {
  if (forGuests.test(name) && !withheldFrom.test(name)) return false
  return membersWords.test(name.replace(otherMembers, '').replaceAll('/', '_'))
}

/** Whether a name says that a program makes its content unreadable to whoever has no password. */
export const speaksOfEncryption = (name: string): boolean =>
  /encrypt|decrypt|cipher|passw(?:or)?d|passphrase|(?:^|[-_])(?:protected|locked)(?:$|[-_])/i.test(name)

/** What is folded up until somebody clicks is no secret. */
const folded = /^(?:un)?hid(?:e|den)?[-_]?(?:toggle|block|inline|button|summary)s?$/i

/** Whether a pair of template tags has a name as parts of a text have that are for some readers alone, or for none yet: `private`, `draft`. */
export const speaksOfSecrecy = (name: string): boolean =>
  !folded.test(name) &&
  name !== 'reply' &&
  (speaksOfMembers(name) || /(?:^|[-_])(?:drafts?|wip|unpublished)(?:$|[-_])/i.test(name))

const settingsWords =
  /member|restrict|visib|condition|paywall|logged_?in|permission|user_?roles?|(?:^|[a-z_])roles$|capabilit|access(?!ib|k)|protect|private|(?:block|content)_?controls|patreon|segment|audience|hide_?block|^is_?hidden$|^hidden$|password|(?:user|member|subscriber|guest)s?_?only|^show_?(?:web|blog|to)$|user_?state|^required_?(?:levels?|plans?|tiers?)$|^hide$|^draft$|^schedul/i

/** On which screens a part is shown is no secret. */
const ofScreens = /screen|viewport|device|mobile|tablet|desktop|breakpoint|responsive/i

const openWords =
  /^(?:0|all|always|any|anyone|everyone|everybody|public|none|no|off|false|default|visible|show)?$/i

/** What elements are called that a page's style or program shows to some alone. */
export const classForMembers = /(?:member|subscriber|supporter|patron|user|paid|logged[-_]?in)s?[-_]only/i

/** So deep do settings nest in no block. */
const deepest = 12

/** Whether a block's attributes say that not everybody sees it: `{"metadata": {"blockVisibility": false}}`, and what plugins write. */
export function areForMembers(attributes: unknown, depth = 0): boolean {
  if (typeof attributes !== 'object' || attributes === null || depth > deepest) return false
  return Object.entries(attributes).some(([key, value]) => {
    if (ofScreens.test(key) || key === 'htmlAttributes') return false
    if (key === 'className') return classForMembers.test(String(value))
    return (settingsWords.test(key) && restricts(key, value, 0)) || areForMembers(value, depth + 1)
  })
}

/** `{"viewport": {"desktop": false, "tablet": false, "mobile": false}}`: on none of them. */
function isOnNoScreen(value: object): boolean {
  const [screens = [], ...others] = Object.entries(value).flatMap(([name, part]): unknown[][] =>
    ofScreens.test(name) && typeof part === 'object' && part !== null ? [Object.values(part)] : [],
  )
  return others.length === 0 && screens.length > 2 && screens.every(shown => shown === false)
}

function restricts(key: string, value: unknown, depth: number): boolean {
  const saysWhoSees = /visib|^show/i.test(key) && !/enabled?$/i.test(key)
  if (typeof value === 'boolean') return saysWhoSees ? !value : value
  if (typeof value === 'number') return value !== 0
  if (typeof value === 'string') return !openWords.test(value.trim())
  if (value === null || value === undefined) return false
  if (depth > deepest || (saysWhoSees && isOnNoScreen(value))) return true
  return Object.entries(value).some(
    ([name, part]) =>
      !ofScreens.test(name) && !/^(?:id|title|label|enable)$/i.test(name) && restricts(name, part, depth + 1),
  )
}
