import type { Argument, Command, Option } from 'commander'

export type Shell = 'bash' | 'zsh' | 'fish'

/** One command as shells need to know it. */
interface CompletedCommand {
  name: string
  description: string
  options: { flags: string[]; description: string; takesValue: boolean; files: boolean }[]
  /** What the first argument may be; null: files and folders. */
  choices: readonly string[] | null
}

/** A script for one shell. It holds every word itself, so that pressing Tab starts no program. */
export function completionScript(program: Command, shell: Shell): string {
  const commands = program.commands.map(completedCommand)
  const scripts = { bash: bashScript, zsh: zshScript, fish: fishScript }
  return scripts[shell](program.name(), commands)
}

function completedCommand(command: Command): CompletedCommand {
  const options: readonly Option[] = [...command.options, command.createOption('-h, --help', 'show help')]
  return {
    name: command.name(),
    description: command.description(),
    options: options.map(option => ({
      flags: [option.short, option.long].filter(flag => flag != null),
      description: option.description,
      takesValue: option.required || option.optional,
      files: /<(?:dir|feed|file)>/.test(option.flags),
    })),
    choices: choicesOf(command.registeredArguments[0]),
  }
}

function choicesOf(argument: Argument | undefined): readonly string[] | null {
  if (argument?.argChoices) return argument.argChoices
  // An address or a path on the publication is not a file.
  return argument && /^(?:url|path)$/.test(argument.name()) ? [] : null
}

const valueFlags = ({ options }: CompletedCommand, files: boolean) =>
  options.filter(option => option.takesValue && option.files === files).flatMap(({ flags }) => flags)

function bashScript(name: string, commands: CompletedCommand[]): string {
  const cases = commands.map(command => {
    const flags = bashWords(command.options.flatMap(option => option.flags))
    const words = command.choices
      ? `COMPREPLY=($(compgen -W ${bashWords(command.choices)} -- "$word"))`
      : 'COMPREPLY=($(compgen -f -- "$word"))'
    const [files, values] = [valueFlags(command, true), valueFlags(command, false)]
    return `    ${command.name})
      case "$before" in${files.length > 0 ? `\n        ${files.join('|')}) COMPREPLY=($(compgen -f -- "$word")); return ;;` : ''}${values.length > 0 ? `\n        ${values.join('|')}) return ;;` : ''}
      esac
      if [[ $word == -* ]]; then COMPREPLY=($(compgen -W ${flags} -- "$word")); else ${words}; fi ;;`
  })
  const names = commands.map(command => command.name)
  return `# bash completion for ${name}
_${name}() {
  local word=\${COMP_WORDS[COMP_CWORD]} before=\${COMP_WORDS[COMP_CWORD-1]}
  # A line is a word, so that names with spaces stay whole.
  local IFS=$'\\n'
  COMPREPLY=()
  if ((COMP_CWORD == 1)); then
    COMPREPLY=($(compgen -W ${bashWords([...names, 'help', '--help', '--version'])} -- "$word"))
    return
  fi
  case "\${COMP_WORDS[1]}" in
${cases.join('\n')}
    help) COMPREPLY=($(compgen -W ${bashWords(names)} -- "$word")) ;;
  esac
}
complete -o filenames -F _${name} ${name}
`
}

const bashWords = (words: readonly string[]) => `$'${words.join('\\n')}'`

function zshScript(name: string, commands: CompletedCommand[]): string {
  const list = commands.map(
    ({ name, description }) => `    ${quoted(`${name}:${zshDescription(description)}`)}`,
  )
  const cases = commands.map(command => {
    const specs = command.options.map(({ flags, description, takesValue, files }) => {
      const value = takesValue ? `:value:${files ? '_files' : ''}` : ''
      const said = quoted(`[${zshDescription(description)}]${value}`)
      if (flags.length === 1) return `${flags[0]}${said}`
      return `${quoted(`(${flags.join(' ')})`)}{${flags.join(',')}}${said}`
    })
    const words = command.choices ? `*:word:(${command.choices.join(' ')})` : '*:file:_files'
    return `    ${command.name}) _arguments ${[...specs, quoted(words)].join(' \\\n      ')} ;;`
  })
  return `#compdef ${name}
_${name}() {
  local -a commands
  commands=(
${list.join('\n')}
  )
  if ((CURRENT == 2)); then
    _describe command commands
    return
  fi
  local command=\${words[2]}
  shift words
  ((CURRENT--))
  case $command in
${cases.join('\n')}
  esac
}
if [[ \${funcstack[1]} == _${name} ]]; then _${name} "$@"; else compdef _${name} ${name}; fi
`
}

function fishScript(name: string, commands: CompletedCommand[]): string {
  const lines = [`# fish completion for ${name}`]
  for (const { name: command, description, options, choices } of commands) {
    lines.push(
      `complete -c ${name} -n __fish_use_subcommand -f -a ${command} -d ${quoted(short(description))}`,
    )
    const where = `complete -c ${name} -n '__fish_seen_subcommand_from ${command}'`
    if (choices) lines.push(`${where} -f${choices.length > 0 ? ` -a ${quoted(choices.join(' '))}` : ''}`)
    for (const { flags, description, takesValue, files } of options) {
      const names = flags.map(flag => (flag.startsWith('--') ? `-l ${flag.slice(2)}` : `-s ${flag.slice(1)}`))
      const value = takesValue ? ` -r${files ? '' : ' -f'}` : ''
      lines.push(`${where} ${names.join(' ')}${value} -d ${quoted(short(description))}`)
    }
  }
  return `${lines.join('\n')}\n`
}

/** Single quotes of a shell: nothing inside them means anything, but for the quote itself. */
const quoted = (text: string) => `'${text.replaceAll("'", String.raw`'\''`)}'`
const short = (description: string) => description.replace(/[;:(].*$/s, '').trim()
const zshDescription = (description: string) => short(description).replaceAll(/[[\]\\:]/g, String.raw`\$&`)
