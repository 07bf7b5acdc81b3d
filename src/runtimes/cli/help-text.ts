// Made from the program by `npm run docs:make`. It answers `broadsheet --help` at once: laying it out takes longer than all else.
export const helpText = `Usage: broadsheet [options] [command]

Turns a folder of articles into RSS, Atom and JSON feeds, with the pages around
them.

Options:
  -v, --version                    output the version number
  -h, --help                       display help for command

Commands:
  serve [options] [folder]         publish the folder, watch it, and serve it to
                                   readers
  build [options] [folder]         write the whole publication as files that any
                                   static host can serve
  check [options] [folder]         say what is published, withheld and rejected,
                                   and why
  diff [options] [folder]          say what subscribers will see: new, updated,
                                   shown once more, withdrawn
  adopt [options] <feed> [folder]  take over the ids and dates of a feed that
                                   people are subscribed to
  get [options] <path> [folder]    print one answer, as a reader would get it
  init [options] [folder]          make a folder a publication: its settings,
                                   and a first article
  doctor [options] <url>           fetch a publication as readers do, anybody’s,
                                   and say what is wrong
  completion <shell>               print a script that completes commands and
                                   options in your shell
  help [command]                   display help for command
`
