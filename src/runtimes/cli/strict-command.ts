import { EventEmitter } from 'node:events'
import { Command } from 'commander'

/**
 * A command that takes no option for the value of another: `--out --url …` would write to a folder called `--url`. Nothing is no value either: what
 * is empty is refused, as a script's variable that is not set gives it (`init ""` would fill the current folder); an empty variable of the environment
 * is none.
 */
export class StrictCommand extends Command {
  override createCommand(name?: string): Command {
    return new StrictCommand(name)
  }

  override parseOptions(words: string[]) {
    for (let at = 0; at < words.length && words[at] !== '--'; at++) {
      const word = words[at]!
      const [flag = '', ...given] = word.startsWith('--') ? word.split('=') : [word]
      const option = this.options.find(
        ({ short, long, required }) => required && [short, long].includes(flag),
      )
      if (!option) continue
      const { flags, long } = option
      const value = given.length > 0 ? given.join('=') : words[++at]
      if (value === '') this.error(`error: option '${flags}' has an empty value`)
      if (given.length === 0 && value !== undefined && /^-[^\d]/.test(value))
        this.error(
          `error: option '${flags}' has no value: ${value} looks like an option\n(If it is meant, write ${long}=${value})`,
        )
    }
    const parsed = super.parseOptions(words)
    if (parsed.operands.includes(''))
      this.error(
        "error: an argument is empty, as a script's variable is that is not set\n(The current folder is .)",
      )
    return parsed
  }

  /** Commander tells itself by events what it finds. */
  emit(event: string, ...values: unknown[]): boolean {
    if (event.startsWith('optionEnv:') && values[0] === '') return false
    return EventEmitter.prototype.emit.call(this as unknown as EventEmitter, event, ...values)
  }
}
