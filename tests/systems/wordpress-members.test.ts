import { describe, expect, test } from 'vitest'
import { withoutMembersParts } from '../../src/systems/exports/wordpress-members.ts'

const textOf = (content: string) => withoutMembersParts(content).text

describe('what a plugin shows to members alone is left out', () => {
  const long = 'x'.repeat(5_000)

  test.each([
    ['begun twice and ended once', 'A [private]Hidden.[private]Hidden.[/private] B', 'A  B'],
    [
      'begun twice and ended twice',
      'A [private]Hidden.[private]Hidden.[/private]Hidden.[/private] B',
      'A  B',
    ],
    [
      'two, of which one crosses the other',
      'A [private]Hidden.[paid]Hidden.[/private]Hidden.[/paid] B',
      'A  B',
    ],
    ['a long attribute', `A [private say="${long}"]Hidden.[/private] B`, 'A  B'],
    ['half escaped at its beginning', 'A [[private]Hidden.[/private] B', 'A [ B'],
    ['half escaped at its end', 'A [private]Hidden.[/private]] B', 'A ] B'],
    ['an end in other letters', 'A [private]Hidden.[/Private]Hidden.[/private] B', 'A  B'],
    ['an end that says something', 'A [private]Hidden.[/private ]Hidden.[/private] B', 'A  B'],
    ['an end in a remark', 'A [private]Hidden.<!-- [/private] -->Hidden.[/private] B', 'A  B'],
    ['an end in a tag', 'A [private]Hidden.<i title="[/private]">Hidden.</i>[/private] B', 'A  B'],
    ['an end that may be spoken of', 'A [private]Hidden.[[/private]]Hidden.[/private] B', 'A  B'],
    ['begun by a mark without content', 'A [private to=a/]Hidden.[/private] B', 'A  B'],
    ['an end in its own mark', 'A [private title="[/private]"]Hidden.[/private] B', 'A  B'],
    ["below Steady's wall", 'A <p>___STEADY_PAYWALL___</p><p>Hidden.</p>', 'A <p>'],
    ["below Steady's wall in a text", 'A\n\n___STEADY_PAYWALL___\n\nHidden.', 'A\n\n'],
    ['behind a bracket', 'A [see [private]Hidden.[/private] B', 'A [see  B'],
    ['numbered', 'A [private#1]Hidden.[/private#1] B', 'A  B'],
    ['a block', 'A <!-- wp:memberful/gate -->Hidden.<!-- /wp:memberful/gate --> B', 'A  B'],
    [
      'a block that a shortcode crosses',
      'A [private]Hidden.<!-- wp:pmpro/membership -->Hidden.[/private]Hidden.<!-- /wp:pmpro/membership --> B',
      'A  B',
    ],
    ['below a wall', 'A <!-- wp:leaky-paywall/cutoff /-->Hidden.', 'A '],
    ['below a wall of a newsletter', 'A <div\nclass="a paywall-jump"\n></div>Hidden.', 'A '],
    ['below one without quotation marks', 'A <DIV ROLE=PayWall/>Hidden.', 'A '],
    ['below one behind a sign in another attribute', `A <p title="a > b" role='paywall'>Hidden.`, 'A '],
    ['below one with other attributes', "A <hr title='a=\"b' data-a id = 'subscriber-break'>Hidden.", 'A '],
    ['a mark alone that holds something', 'A [restrict_text text="Hidden."] B', 'A  B'],
  ])('%s', (_, content, shown) => {
    expect(textOf(content)).toBe(shown)
  })

  // What the most used plugins call theirs.
  test.each([
    ...[
      'restrict',
      'is_paid',
      'rcp_is_paid',
      'rcp_is_active',
      'restrict_content',
      'arm_restrict_content',
      'arm_if',
    ],
    ...['memberful', 'membership', 'mepr-active', 'mepr-show', 's2If', 'um_loggedin', 'um_show_content'],
    ...[
      'wcm_restrict',
      'swpm_protected',
      'wlm_private',
      'private_Gold',
      'ihc-hide-content',
      'wpmem_logged_in',
    ],
    ...[
      'pms-restrict',
      'wppb-restrict',
      'groups_member',
      'members_access',
      'access',
      'content_control',
      'passster',
    ],
    ...[
      'ppwp',
      'wpf',
      'aam',
      'am4show',
      'MM_Member_Decision',
      'DAP',
      'learndash_group',
      'student',
      'edd_restrict',
    ],
    ...[
      'suremembers_restrict',
      'patreon_gate',
      'leaky_paywall',
      'sociallocker',
      'showifrole',
      'pc-pvt-content',
    ],
    ...[
      'wp_eMember_show',
      'lifterlms_hide_content',
      'memb_is_logged_in',
      'su_members',
      'premium-content',
      'vip',
      'hide',
    ],
    ...[
      'userreading',
      'fyeo',
      'pp-logged-users',
      'buy_to_read',
      'scheduled_content',
      'dynamic_content',
      'internal',
      'level_2',
    ],
    ...['wpmem_form', 'logged', 'admin', 'only_editors', 'authenticated', 'insiders', 'draft', 'unlisted'],
    ...['not_logged_out', 'notguest', 'non-visitors'],
    ...['newsletter_only', 'mitglieder', 'geschützt', '会员', 'toolset_access', 'login_required', 'show_to'],
  ])('[%s]', name => {
    expect(textOf(`A [${name} level="1"]Hidden.[/${name}] B`)).toBe('A  B')
  })

  test.each([
    'vc_row disable_element="yes"',
    'et_pb_section disabled="on"',
    'fusion_text status="draft"',
    'box role="subscriber"',
    'vc_row el_class="wide members-only"',
    'widebox registered_only="yes"',
    "col visibility='members'",
    'section membership=gold',
    'show for="members"',
    'show to="paid subscribers"',
    "display if='logged_in'",
    'widebox access="gold"',
    'et_pb_text disabled_on="on|on|on"',
    'box style="color: red; display:none"',
  ])('by what [%s] says', mark => {
    const name = mark.replace(/ .*$/, '')
    expect(textOf(`[${name}]A[/${name}] [${mark}]Hidden.[/${name}] B`)).toBe(`[${name}]A[/${name}]  B`)
  })

  test.each([
    'memberful/gate',
    'pmpro/membership',
    'restrict-content-pro/restrict-content',
    'woocommerce-memberships/member-content',
    'premium-content/subscriber-view',
    'newspack/gate',
    'group {"userState":"logged-in"}',
    'group {"showTo":"members"}',
    'group {"requiredLevels":["1"]}',
    'group {"hide":true}',
    'group {"draft":true}',
    'group {"scheduledDate":"2999-01-01"}',
    'paragraph {"metadata":{"blockVisibility":false}}',
    'group {"blockVisibility":{"hideBlock":true}}',
    'group {"blockVisibility":{"controlSets":[{"id":1,"enable":true,"controls":{"userRole":{"visibilityByRole":"logged-in"}}}]}}',
    'group {"conditionalBlocks":[{"conditions":[{"type":"userLoggedIn"}]}]}',
    'group {"conditionalBlocksAttributes":{"userState":"logged-in"}}',
    'group {"visibilityBlockEnabled":true,"segment":"all"}',
    'group {"advgbBlockControls":[{"control":"user_role","enabled":true,"roles":["editor"]}]}',
    'group {"newspackAccessControlVisibility":"visible","newspackAccessControlRules":{"a":["b"]}}',
    'group {"contentControls":{"enabled":true,"rules":{"conditional":{"enabled":true}}}}',
    'group {"className":"members-only"}',
    'newsletterglue/show-hide-content {"showblog":false,"showemail":true}',
    'group {"metadata":{"blockVisibility":{"viewport":{"desktop":false,"tablet":false,"mobile":false}}}}',
    'group {"visibility":{"not JSON}',
  ])('<!-- wp:%s -->', mark => {
    const name = mark.replace(/ .*$/, '')
    expect(textOf(`A <!-- wp:${mark} -->Hidden.<!-- /wp:${name} --> B`)).toBe('A  B')
  })

  test('a block that another one ends, as WordPress reads it', () => {
    const content =
      'A <!-- wp:memberful/gate --><!-- wp:group -->Hidden.<!-- /wp:memberful/gate -->Hidden.<!-- /wp:group --> B'
    expect(textOf(content)).toBe('A  B')
  })

  test('the mark is told without what it says', () => {
    const { marks } = withoutMembersParts('[passster password="abc"]Hidden.[/passster]')
    expect(marks).toEqual(['[passster …]'])
  })
})

describe('what everybody may read stays', () => {
  test.each([
    'A [[private]Shown.[/private]] B',
    'A [private] and [private /] B',
    '[members_not_logged_in]Join us.[/members_not_logged_in] [um_loggedout]Join us.[/um_loggedout] [visitor]Hello.[/visitor]',
    '[vc_row][vc_column width="1/2"]Shown.[/vc_column][/vc_row]',
    '[team_member name="A"]Shown.[/team_member] [accessibility]Shown.[/accessibility]',
    '[fusion_text status="published" hide_on_mobile="small-visibility"]Shown.[/fusion_text]',
    '[toggle visible="no"]Shown.[/toggle]',
    '<img alt="Substack and its paywall-jump, and role=paywall" src="a.png"> Shown.',
    `<pre data-code='<div role="paywall">'>Shown.</pre>`,
    'Steady puts it where ___STEADY_PAYWALL___ or <code>___STEADY_PAYWALL___</code> stands. Shown.',
    '<!-- wp:navigate/x {"showTooltip":true,"hideEmpty":true} -->Shown.<!-- /wp:navigate/x -->',
    '<h2 id="paywall-jump">Shown.</h2> <h3 id="subscriber-break">Shown.</h3> <a class="paywall" href="/?to=paywall-jump">Shown.</a>',
    '<a href="#role=paywall" title="subscriber-break">Shown.</a> <div role="emailwall-notice">Shown.</div>',
    '[mobile-only]Shown.[/mobile-only] [plugin]Shown.[/plugin] [only_mobile]Shown.[/only_mobile]',
    '[author]Shown.[/author] [wpmem_logged_out]Shown.[/wpmem_logged_out] [not_logged_in]Shown.[/not_logged_in]',
    '[et_pb_text disabled_on="on|on|off" to="2024" for="everybody" access="public"]Shown.[/et_pb_text]',
    '<!-- wp:group {"metadata":{"blockVisibility":{"viewport":{"desktop":false,"tablet":true,"mobile":true}}}} -->Shown.<!-- /wp:group -->',
    'He said "[members] of the club", and [the private sector] and [access denied].',
    '<pre>if [ "$a" = b ]; then [hidden="until-found"] fi</pre>',
    '<!-- wp:group {"blockVisibility":{"controlSets":[{"id":1,"enable":true,"controls":{"screenSize":{"hideOnScreenSize":{"small":true}}}}]}} -->Shown.<!-- /wp:group -->',
    '<!-- wp:premium/heading {"level":2} --><h2>Shown.</h2><!-- /wp:premium/heading -->',
    '<!-- wp:uagb/team-member {"className":"wide"} -->Shown.<!-- /wp:uagb/team-member -->',
    '<!-- wp:group {"visibilityBlockEnabled":false,"segment":"all","blockVisibility":true} -->Shown.<!-- /wp:group -->',
    '<!-- wp:columns {"isStackedOnMobile":true,"metadata":{"name":"Members"}} -->Shown.<!-- /wp:columns -->',
  ])('%s', content => {
    expect(withoutMembersParts(content)).toEqual({ text: content, marks: [] })
  })
})

/** Each has to end before the runner's own limit. */
describe('time is linear', () => {
  const size = 2_000_000
  test.each([
    ['marks without an end', '[private'],
    ['marks', '[private]'],
    ['marks and ends', '[private]a[/private]'],
    ['ends', '[/private]'],
    ['marks that say something', '[x role="'],
    ['blocks that nobody ends', '<!-- wp:memberful/a -->'],
    ['blocks that others end', '<!-- wp:group --><!-- /wp:memberful/b -->'],
    ['settings', '<!-- wp:a {"a":'],
    ['nested settings', '{"visibility":['],
    ['remarks', '<!-- [private] '],
    ['tags', '<a [private]'],
    ['names', '[private-'],
    ['brackets', '[['],
    ['names of walls', 'paywall-jump'],
    ['attributes', 'class=role='],
    ['quotation marks', `="'`],
    ['quotation marks that nothing ends', `<a ='`],
  ])('%s', (_, token) => {
    const content = `${token.repeat(size / token.length)}]-->[/x][/private]`
    expect(withoutMembersParts(content).text.length).toBeLessThanOrEqual(content.length)
    for (const around of ['<!-- wp:', '<!-- wp:group ', '<a paywall-jump '])
      expect(withoutMembersParts(`${around}${content} -->`).marks.length).toBeLessThanOrEqual(size)
  })
})
