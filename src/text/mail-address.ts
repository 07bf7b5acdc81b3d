/** As much of RFC 5322 §3.4.1 as anybody has: a dot-atom at a host. */
const mailbox =
  /^[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*@[a-z\d](?:[a-z\d-]*[a-z\d])?(?:\.[a-z\d](?:[a-z\d-]*[a-z\d])?)+$/i

export function isMailAddress(text: string): boolean {
  return mailbox.test(text)
}

/** Who somebody is that is written as in mail or in RSS, `Ada <ada@a.example>`, `ada@a.example (Ada)`; other names as they are. */
export function nameInMail(written: string): string {
  const [, before, after, mail = after, name = before] =
    /^\s*(?:"?([^"<>]+?)"?\s*<([^<>\s]+)>|(\S+)\s*\(([^()]+)\))\s*$/.exec(written) ?? []
  return mail !== undefined && name !== undefined && isMailAddress(mail) ? name.trim() : written
}
