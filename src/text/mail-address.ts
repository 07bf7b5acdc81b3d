/** As much of RFC 5322 §3.4.1 as anybody has: a dot-atom at a host. */
const mailbox =
  /^[\w!#$%&'*+/=?^`{|}~-]+(?:\.[\w!#$%&'*+/=?^`{|}~-]+)*@[a-z\d](?:[a-z\d-]*[a-z\d])?(?:\.[a-z\d](?:[a-z\d-]*[a-z\d])?)+$/i

export function isMailAddress(text: string): boolean {
  return mailbox.test(text)
}
