// Made from the program by `npm run docs:make`: what `broadsheet --help` and `broadsheet COMMAND --help` say, by command.
// Read from here it is there at once; laying it out takes longer than all else.
export const helpTexts: Readonly<Record<string, string>> = {
  '': `Usage: broadsheet [options] [command]

Turns a folder of articles into RSS, Atom and JSON feeds, with the pages around
them.

Options:
  -v, --version                            output the version number
  -h, --help                               display help for command

Commands:
  serve [options] [folder]                 publish the folder, watch it, and serve it to readers
  build [options] [folder]                 write the whole publication as files that any static host can serve
  publish [options] [folder]               publish the folder to a bucket or a folder of objects, from which any number of servers read
  check [options] [folder]                 say what is published, withheld and rejected, and why
  diff [options] [folder]                  say what subscribers will see: new, updated, shown once more, withdrawn
  adopt [options] <feed> [folder]          take over the ids and dates of a feed that people are subscribed to
  accept [options] <number> [folder]       record a mass change that is meant, by its number; a running server then publishes it
  get [options] <path> [folder]            print one answer, as a reader would get it
  init [options] [folder]                  make a folder a publication: its settings, and a first article
  doctor [options] <url>                   fetch a publication as readers do, anybody’s, and say what is wrong
  deploy [options] [folder]                publish the folder to Cloudflare Workers, in one step
  dev [options] [folder]                   look at the folder on this machine as it would be deployed; nothing is recorded
  store [options] <action> <store> [more]  look after a publication in a store: its generations, a way back, what nobody needs any more
  subscribers [options] [folder]           list who is subscribed to the hub, and what became of the last message to each
  push [options] [folder]                  say how many messages to subscribers wait, and try them again
  completion <shell>                       print a script that completes commands and options in your shell
  help [command]                           display help for command
`,
  serve: `Usage: broadsheet serve [options] [folder]

publish the folder, watch it, and serve it to readers

Arguments:
  folder               folder of articles; default: the current folder (seeds in
                       Broadsheet’s own repository)

Options:
  -p, --port <number>  port to listen on; 0 takes a free one (default: 8787,
                       env: BROADSHEET_PORT)
  --host <address>     address to listen on; :: is every one, of IPv4 too
                       (default: "127.0.0.1", env: BROADSHEET_HOST)
  --socket <path>      socket in the file system to listen on, instead of host
                       and port (env: BROADSHEET_SOCKET)
  --metrics <place>    host:port or socket for /metrics and /readyz, instead of
                       the settings’ own (env: BROADSHEET_METRICS)
  --log <kind>         what is said on stderr, instead of the settings’ own
                       (choices: "text", "json", "requests", env:
                       BROADSHEET_LOG)
  --preview            look at it on this machine: local addresses, nothing
                       recorded or sent
  --drafts             a preview that shows drafts and scheduled articles, too
  --to <store>         publish to a store as well, from which others serve; its
                       ledger counts
  --from <store>       serve what somebody publishes there, without a folder:
                       dir:PATH, s3://BUCKET/PREFIX (?endpoint=URL&region=NAME
                       behind it), or r2://ACCOUNT/BUCKET/PREFIX
  --poll <seconds>     with --from: between two looks for something newer
                       (default: 5)
  --workers <number>   with --from: processes that share the port, one for each
                       core (default: 1)
  --url <url>          public address of the publication, instead of the
                       settings’ own (env: BROADSHEET_URL)
  --preset <name>      the system whose folder it is, instead of the one its
                       settings file tells; none: no other’s (choices: "jekyll",
                       "hugo", "zola", "eleventy", "astro", "pelican", "hexo",
                       "docusaurus", "vitepress", "quartz", "obsidian",
                       "mkdocs", "gatsby", "nuxt", "nextjs", "ghost",
                       "wordpress", "substack", "medium", "blogger",
                       "movable-type", "notion", "tumblr", "buttondown",
                       "beehiiv", "feed", "none")
  --accept <number>    publish although so many known articles change id or
                       date, or disappear
  --json               one JSON document on stdout, for programs
  -h, --help           display help for command

Examples:
  broadsheet serve
  broadsheet serve articles --port 8080
`,
  build: `Usage: broadsheet build [options] [folder]

write the whole publication as files that any static host can serve

Arguments:
  folder             folder of articles; default: the current folder (seeds in
                     Broadsheet’s own repository)

Options:
  -o, --out <dir>    folder to write (env: BROADSHEET_OUT)
  --into <dir>       add to a folder that another program’s build has filled,
                     and touch nothing of it
  --json             one JSON document on stdout, for programs
  --url <url>        public address of the publication, instead of the settings’
                     own (env: BROADSHEET_URL)
  --preset <name>    the system whose folder it is, instead of the one its
                     settings file tells; none: no other’s (choices: "jekyll",
                     "hugo", "zola", "eleventy", "astro", "pelican", "hexo",
                     "docusaurus", "vitepress", "quartz", "obsidian", "mkdocs",
                     "gatsby", "nuxt", "nextjs", "ghost", "wordpress",
                     "substack", "medium", "blogger", "movable-type", "notion",
                     "tumblr", "buttondown", "beehiiv", "feed", "none")
  --accept <number>  publish although so many known articles change id or date,
                     or disappear
  -h, --help         display help for command

Examples:
  broadsheet build articles --out public --url https://news.example.org/
`,
  publish: `Usage: broadsheet publish [options] [folder]

publish the folder to a bucket or a folder of objects, from which any number of
servers read

Arguments:
  folder             folder of articles; default: the current folder (seeds in
                     Broadsheet’s own repository)

Options:
  --to <store>       dir:PATH, s3://BUCKET/PREFIX (?endpoint=URL&region=NAME
                     behind it), or r2://ACCOUNT/BUCKET/PREFIX (env:
                     BROADSHEET_STORE)
  --single-writer    nobody else publishes there: a store that can’t keep two
                     publishers apart will do
  --json             one JSON document on stdout, for programs
  --url <url>        public address of the publication, instead of the settings’
                     own (env: BROADSHEET_URL)
  --preset <name>    the system whose folder it is, instead of the one its
                     settings file tells; none: no other’s (choices: "jekyll",
                     "hugo", "zola", "eleventy", "astro", "pelican", "hexo",
                     "docusaurus", "vitepress", "quartz", "obsidian", "mkdocs",
                     "gatsby", "nuxt", "nextjs", "ghost", "wordpress",
                     "substack", "medium", "blogger", "movable-type", "notion",
                     "tumblr", "buttondown", "beehiiv", "feed", "none")
  --accept <number>  publish although so many known articles change id or date,
                     or disappear
  -h, --help         display help for command

Examples:
  broadsheet publish articles --to s3://news/site
  broadsheet publish --to dir:store
`,
  check: `Usage: broadsheet check [options] [folder]

say what is published, withheld and rejected, and why

Arguments:
  folder           folder of articles; default: the current folder (seeds in
                   Broadsheet’s own repository)

Options:
  --json           one JSON document on stdout, for programs
  --url <url>      public address of the publication, instead of the settings’
                   own (env: BROADSHEET_URL)
  --preset <name>  the system whose folder it is, instead of the one its
                   settings file tells; none: no other’s (choices: "jekyll",
                   "hugo", "zola", "eleventy", "astro", "pelican", "hexo",
                   "docusaurus", "vitepress", "quartz", "obsidian", "mkdocs",
                   "gatsby", "nuxt", "nextjs", "ghost", "wordpress", "substack",
                   "medium", "blogger", "movable-type", "notion", "tumblr",
                   "buttondown", "beehiiv", "feed", "none")
  -h, --help       display help for command

Examples:
  broadsheet check
  broadsheet check articles --json
`,
  diff: `Usage: broadsheet diff [options] [folder]

say what subscribers will see: new, updated, shown once more, withdrawn

Arguments:
  folder            folder of articles; default: the current folder (seeds in
                    Broadsheet’s own repository)

Options:
  --against <feed>  a feed file, or a feed on this machine, instead of the last
                    publication
  --json            one JSON document on stdout, for programs
  --url <url>       public address of the publication, instead of the settings’
                    own (env: BROADSHEET_URL)
  --preset <name>   the system whose folder it is, instead of the one its
                    settings file tells; none: no other’s (choices: "jekyll",
                    "hugo", "zola", "eleventy", "astro", "pelican", "hexo",
                    "docusaurus", "vitepress", "quartz", "obsidian", "mkdocs",
                    "gatsby", "nuxt", "nextjs", "ghost", "wordpress",
                    "substack", "medium", "blogger", "movable-type", "notion",
                    "tumblr", "buttondown", "beehiiv", "feed", "none")
  -h, --help        display help for command

Examples:
  broadsheet diff
  broadsheet diff articles --against old-feed.xml
`,
  adopt: `Usage: broadsheet adopt [options] <feed> [folder]

take over the ids and dates of a feed that people are subscribed to

Arguments:
  feed               the feed as a file: RSS, Atom or JSON Feed
  folder             folder of articles; default: the current folder (seeds in
                     Broadsheet’s own repository)

Options:
  --accept <number>  articles that Broadsheet has published take the feed’s ids,
                     too, if they are so many
  --json             one JSON document on stdout, for programs
  --url <url>        public address of the publication, instead of the settings’
                     own (env: BROADSHEET_URL)
  --preset <name>    the system whose folder it is, instead of the one its
                     settings file tells; none: no other’s (choices: "jekyll",
                     "hugo", "zola", "eleventy", "astro", "pelican", "hexo",
                     "docusaurus", "vitepress", "quartz", "obsidian", "mkdocs",
                     "gatsby", "nuxt", "nextjs", "ghost", "wordpress",
                     "substack", "medium", "blogger", "movable-type", "notion",
                     "tumblr", "buttondown", "beehiiv", "feed", "none")
  -h, --help         display help for command

Examples:
  broadsheet adopt old-feed.xml articles
`,
  accept: `Usage: broadsheet accept [options] <number> [folder]

record a mass change that is meant, by its number; a running server then
publishes it

Arguments:
  number           the number that the alarm named
  folder           folder of articles; default: the current folder (seeds in
                   Broadsheet’s own repository)

Options:
  --url <url>      public address of the publication, instead of the settings’
                   own (env: BROADSHEET_URL)
  --preset <name>  the system whose folder it is, instead of the one its
                   settings file tells; none: no other’s (choices: "jekyll",
                   "hugo", "zola", "eleventy", "astro", "pelican", "hexo",
                   "docusaurus", "vitepress", "quartz", "obsidian", "mkdocs",
                   "gatsby", "nuxt", "nextjs", "ghost", "wordpress", "substack",
                   "medium", "blogger", "movable-type", "notion", "tumblr",
                   "buttondown", "beehiiv", "feed", "none")
  -h, --help       display help for command

Examples:
  broadsheet accept 120 articles
`,
  get: `Usage: broadsheet get [options] <path> [folder]

print one answer, as a reader would get it

Arguments:
  path                 path on the publication, like /rss.xml, or the whole
                       address
  folder               folder of articles; default: the current folder (seeds in
                       Broadsheet’s own repository)

Options:
  -i, --include        status and headers first
  -H, --header <line>  send a header; may be given several times (default: [])
  -I, --head           ask with HEAD
  --json               one JSON document on stdout, for programs
  --url <url>          public address of the publication, instead of the
                       settings’ own (env: BROADSHEET_URL)
  --preset <name>      the system whose folder it is, instead of the one its
                       settings file tells; none: no other’s (choices: "jekyll",
                       "hugo", "zola", "eleventy", "astro", "pelican", "hexo",
                       "docusaurus", "vitepress", "quartz", "obsidian",
                       "mkdocs", "gatsby", "nuxt", "nextjs", "ghost",
                       "wordpress", "substack", "medium", "blogger",
                       "movable-type", "notion", "tumblr", "buttondown",
                       "beehiiv", "feed", "none")
  -h, --help           display help for command

Examples:
  broadsheet get /atom.xml
  broadsheet get /rss.xml -i -H 'Accept-Encoding: gzip'
`,
  init: `Usage: broadsheet init [options] [folder]

make a folder a publication: its settings, and a first article

Arguments:
  folder             folder of articles, made where there is none; default: the
                     current folder

Options:
  --title <text>     what the publication is called
  --url <url>        where it will live
  --language <tag>   its language, like en or pt-BR
  --timezone <zone>  the time zone of its dates, like Europe/Paris
  -y, --yes          ask nothing; what is not given is taken from this machine
  --json             one JSON document on stdout, for programs
  -h, --help         display help for command

Examples:
  broadsheet init
  broadsheet init news --title "The News" --url https://news.example.org/
`,
  doctor: `Usage: broadsheet doctor [options] <url>

fetch a publication as readers do, anybody’s, and say what is wrong

Arguments:
  url                  address of a feed, or of a page that names its feeds

Options:
  --timeout <seconds>  longest wait for one answer (default: 20)
  --local              the host may be in a private network; where <url> names
                       localhost or an IP address, it may be anyway
  --podcast            ask what podcast directories ask, too
  --json               one JSON document on stdout, for programs
  -h, --help           display help for command

Examples:
  broadsheet doctor https://news.example.org/
  broadsheet doctor http://localhost:8787/rss.xml
`,
  deploy: `Usage: broadsheet deploy [options] [folder]

publish the folder to Cloudflare Workers, in one step

Arguments:
  folder             folder of articles; default: the current folder (seeds in
                     Broadsheet’s own repository)

Options:
  --name <worker>    name of the Worker; default: made of the publication’s
                     address
  --domain           lead the host of the publication’s address to the Worker
  --plan <plan>      Cloudflare plan whose limits hold (choices: "free", "paid",
                     default: "free")
  --from <store>     deploy a Worker that serves what is published to a bucket,
                     r2://ACCOUNT/BUCKET/PREFIX; no folder is needed
  --dry-run          do everything but upload; the ledger stays as it is
  --outdir <dir>     with --dry-run: keep what would be uploaded
  --no-upload        make .broadsheet/worker ready and record it, for a Worker
                     of your own
  --url <url>        public address of the publication, instead of the settings’
                     own (env: BROADSHEET_URL)
  --preset <name>    the system whose folder it is, instead of the one its
                     settings file tells; none: no other’s (choices: "jekyll",
                     "hugo", "zola", "eleventy", "astro", "pelican", "hexo",
                     "docusaurus", "vitepress", "quartz", "obsidian", "mkdocs",
                     "gatsby", "nuxt", "nextjs", "ghost", "wordpress",
                     "substack", "medium", "blogger", "movable-type", "notion",
                     "tumblr", "buttondown", "beehiiv", "feed", "none")
  --accept <number>  publish although so many known articles change id or date,
                     or disappear
  -h, --help         display help for command

Examples:
  broadsheet deploy articles --url https://news.example.org/ --dry-run
  broadsheet deploy --from r2://ACCOUNT/news --name news
`,
  dev: `Usage: broadsheet dev [options] [folder]

look at the folder on this machine as it would be deployed; nothing is recorded

Arguments:
  folder               folder of articles; default: the current folder (seeds in
                       Broadsheet’s own repository)

Options:
  --worker             in workerd, as on Cloudflare, instead of Node
  -p, --port <number>  port to listen on (default: 8787, env: BROADSHEET_PORT)
  --url <url>          public address of the publication, instead of the
                       settings’ own (env: BROADSHEET_URL)
  --preset <name>      the system whose folder it is, instead of the one its
                       settings file tells; none: no other’s (choices: "jekyll",
                       "hugo", "zola", "eleventy", "astro", "pelican", "hexo",
                       "docusaurus", "vitepress", "quartz", "obsidian",
                       "mkdocs", "gatsby", "nuxt", "nextjs", "ghost",
                       "wordpress", "substack", "medium", "blogger",
                       "movable-type", "notion", "tumblr", "buttondown",
                       "beehiiv", "feed", "none")
  -h, --help           display help for command

Examples:
  broadsheet dev articles --worker
`,
  store: `Usage: broadsheet store [options] <action> <store> [more]

look after a publication in a store: its generations, a way back, what nobody
needs any more

Arguments:
  action            list: the newest generations; rollback: a new one with an
                    old one’s content; sweep: delete what no generation of the
                    last 24 hours needs; copy: the newest into another store
                    (choices: "list", "rollback", "sweep", "copy")
  store             dir:PATH, s3://BUCKET/PREFIX (?endpoint=URL&region=NAME
                    behind it), or r2://ACCOUNT/BUCKET/PREFIX
  more              rollback: the number of the generation; copy: the other
                    store

Options:
  --limit <number>  list: how many generations (default: 20)
  --dry-run         sweep: say what would be deleted
  --json            one JSON document on stdout, for programs
  -h, --help        display help for command

Examples:
  broadsheet store list s3://news/site
  broadsheet store rollback s3://news/site 41
  broadsheet store copy s3://news/site dir:backup
`,
  subscribers: `Usage: broadsheet subscribers [options] [folder]

list who is subscribed to the hub, and what became of the last message to each

Arguments:
  folder       folder of articles; default: the current folder (seeds in
               Broadsheet’s own repository)

Options:
  --json       one JSON document on stdout, for programs
  --url <url>  public address of the publication, instead of the settings’ own
               (env: BROADSHEET_URL)
  -h, --help   display help for command

Examples:
  broadsheet subscribers
  broadsheet subscribers articles --json
`,
  push: `Usage: broadsheet push [options] [folder]

say how many messages to subscribers wait, and try them again

Arguments:
  folder       folder of articles; default: the current folder (seeds in
               Broadsheet’s own repository)

Options:
  --retry      try what waits without waiting any longer
  --json       one JSON document on stdout, for programs
  --url <url>  public address of the publication, instead of the settings’ own
               (env: BROADSHEET_URL)
  -h, --help   display help for command

Examples:
  broadsheet push
  broadsheet push articles --retry
`,
  completion: `Usage: broadsheet completion [options] <shell>

print a script that completes commands and options in your shell

Arguments:
  shell       which shell (choices: "bash", "zsh", "fish")

Options:
  -h, --help  display help for command

Examples:
  source <(broadsheet completion bash)
  source <(broadsheet completion zsh)
  broadsheet completion fish > ~/.config/fish/completions/broadsheet.fish
`,
}
