import { existsSync, readFileSync } from 'node:fs'

/*
 * Loaded before a program (`node --import`), in each of its threads: whoever decodes a text with `held by PIPE` in it waits until somebody
 * has written to that pipe, as long as there is one. A file that costs its parser minutes, and ends when a test wants it to.
 */
const { decode } = TextDecoder.prototype

TextDecoder.prototype.decode = function (
  this: InstanceType<typeof TextDecoder>,
  ...given: Parameters<typeof decode>
) {
  const text = decode.apply(this, given)
  const pipe = /held by ([\w./-]+)/.exec(text)?.[1]
  if (pipe && existsSync(pipe)) readFileSync(pipe)
  return text
}
