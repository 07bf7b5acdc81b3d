/**
 * Every fault the doctor can name: how bad it is, what it means for readers, and the cure. A code is a permanent name:
 * scripts match on it, and docs/doctor.md is made from this table.
 *
 * `error`: readers or articles are lost. `warning`: it costs somebody bytes, time or comfort. `note`: could be better.
 */
export const doctorCodes = {
  // Reaching it
  unreachable: [
    'error',
    'No answer came at all.',
    'Look at the name, the port, the certificate and the firewall.',
  ],
  unfinished: [
    'error',
    'The server takes more than the doctor gives: too many requests, bytes or late answers. What is left was not asked.',
    'Look at what is said here and below, mend that, and ask the doctor again.',
  ],
  'answer-broken': [
    'error',
    'An answer broke off, or its coding could not be undone.',
    'Send as many bytes as Content-Length says, in the coding that Content-Encoding names.',
  ],
  'status-error': [
    'error',
    'The address answers with an error.',
    'Answer feed readers with 200 and the feed.',
  ],
  'feed-not-found': [
    'error',
    'There is no feed at the address, and the page there names none.',
    'Put <link rel="alternate" type="application/rss+xml" href="…"> into the head of the page.',
  ],
  'feed-elsewhere': [
    'error',
    'The page names its feeds on another host, and another host is not asked.',
    'Give the doctor the address of the feed itself, there or, where the page is only tried here, on this host.',
  ],
  'reader-blocked': [
    'error',
    'Some readers are refused, going by the name they give.',
    'Take feed addresses out of the rules against bots; name the readers there if you must.',
  ],
  'rate-limited': [
    'warning',
    'The server says that it was asked too often (429).',
    'Let feeds be asked more often: a reader with many subscribers asks for several people, and 304s are cheap.',
  ],
  'accept-refused': [
    'error',
    'Some readers are refused for the Accept header they send (406).',
    'Send the feed whatever Accept says: readers take what they get.',
  ],
  'html-to-readers': [
    'error',
    'Some readers get a web page where others get the feed.',
    'Give HTML at a feed address only to navigations: Sec-Fetch-Dest is "document", Sec-Fetch-Mode is "navigate".',
  ],
  'page-cacheable': [
    'error',
    'Browsers get a web page at this address, and a shared cache may hand it to readers.',
    'Send the page with Cache-Control: private and Vary: Accept, Sec-Fetch-Dest, Sec-Fetch-Mode.',
  ],
  'redirect-loop': [
    'error',
    'The redirects lead in a circle, or never end.',
    'Let the address answer by itself.',
  ],
  'redirect-insecure': [
    'error',
    'On the way, a redirect leaves https for http, where anybody may change the feed.',
    'Redirect to the https address at once.',
  ],
  'redirect-temporary': [
    'warning',
    'The address redirects with 302, 303 or 307, so readers keep the old one and ask twice, every time.',
    'Use 301 or 308 where the move is meant to last.',
  ],
  'redirect-chain': [
    'warning',
    'Three or more redirects follow one another; some readers give up.',
    'Let every old address lead to the newest in one step.',
  ],
  slow: [
    'warning',
    'The answer took more than two seconds to begin.',
    'Render the feed when it changes, not when it is asked for, or put a cache before it.',
  ],
  // Bytes
  'too-large': [
    'warning',
    'The feed is larger than two megabytes; every reader fetches all of it at every change.',
    'Carry fewer of the newest articles.',
  ],
  'not-compressed': [
    'note',
    'The feed is sent without compression.',
    'Compress it with gzip for readers that accept it.',
  ],
  'compressed-unasked': [
    'error',
    'The feed is sent compressed to readers that did not say they can undo it.',
    'Look at Accept-Encoding, and send Vary: Accept-Encoding.',
  ],
  'media-type-wrong': [
    'warning',
    'The Content-Type names no feed, so browsers and readers that trust it do the wrong thing.',
    'Send application/rss+xml, application/atom+xml or application/feed+json.',
  ],
  'charset-missing': [
    'warning',
    'Neither Content-Type nor the XML declaration says how characters are encoded, and there are some beyond ASCII.',
    'Send "; charset=utf-8" with the Content-Type.',
  ],
  'encoding-mixed': [
    'error',
    'Characters are encoded otherwise than Content-Type or the XML declaration says, or these two disagree.',
    'Encode everything as UTF-8, and say so in both places.',
  ],
  // Conditional requests
  'validators-missing': [
    'warning',
    'There is neither ETag nor Last-Modified: readers fetch the whole feed at every poll.',
    'Send both.',
  ],
  'not-modified-never': [
    'warning',
    'Validators are sent, but asking with them never gives a 304.',
    'Compare If-None-Match and If-Modified-Since, and answer 304 where nothing changed.',
  ],
  'etag-ignored': [
    'warning',
    'The server answers 304 to the date but not to its own ETag.',
    'Compare If-None-Match weakly, with and without W/, and mind what a proxy adds to it (-gzip).',
  ],
  'date-ignored': [
    'warning',
    'The server answers 304 to its ETag but not to its own Last-Modified, the only validator some readers send.',
    'Answer If-Modified-Since too, where there is no If-None-Match.',
  ],
  'not-modified-partly': [
    'warning',
    'Some readers never get a 304, though others do with the same validators.',
    'Compare validators whatever else a request says: Accept-Encoding, Cache-Control: no-cache.',
  ],
  'not-modified-always': [
    'error',
    'The server answers 304 to validators that it never gave: readers never see anything new.',
    'Compare the validators, and send 200 where they differ.',
  ],
  'validator-reused': [
    'error',
    'The same ETag came with different bytes: readers that have the old ones never get the new.',
    'Make the ETag of the bytes themselves.',
  ],
  'etag-unstable': [
    'warning',
    'The ETag changes although the bytes do not, so that readers fetch again for nothing.',
    'Make the ETag of the bytes, the same on every machine that answers.',
  ],
  'bytes-unstable': [
    'warning',
    'Every answer has other bytes than the one before: a date or a number in it follows the clock.',
    'Let the feed change only when an article does.',
  ],
  'last-modified-wrong': [
    'warning',
    'Last-Modified is not an HTTP date, or lies in the future, and must be ignored.',
    'Send the time at which the bytes last changed, like "Sat, 31 Jan 2026 09:30:00 GMT".',
  ],
  // Caches
  'cache-stale': [
    'warning',
    'A cache on the way hands out an answer that is older than it may be.',
    'Let the cache ask again once max-age is over, or purge it at publication.',
  ],
  'vary-star': [
    'warning',
    'Vary: * keeps every cache from storing the feed.',
    'Name the headers, or send no Vary.',
  ],
  'vary-broad': [
    'warning',
    'Vary names Cookie or User-Agent: caches keep a copy for every visitor, or none.',
    'Send every reader the same bytes; vary on Accept-Encoding only.',
  ],
  'cookie-set': [
    'warning',
    'The feed sets a cookie, which keeps shared caches from storing it.',
    'Send no Set-Cookie with feeds.',
  ],
  'cache-forbidden': [
    'warning',
    'Cache-Control: no-store has readers forget validators and fetch everything again.',
    'Send max-age, or no-cache where every reader shall ask each time.',
  ],
  'head-differs': [
    'warning',
    'HEAD is answered otherwise than GET.',
    'Answer HEAD with the status and headers that GET has (RFC 9110 §9.3.2).',
  ],
  'cors-missing': [
    'note',
    'Readers that run in a browser may not read the feed.',
    'Send Access-Control-Allow-Origin: * with it.',
  ],
  // The document
  'xml-ill-formed': [
    'error',
    'The document is not well-formed XML; strict readers show nothing.',
    'Mend the place, and have the document written by something that escapes.',
  ],
  'xml-late': [
    'error',
    'Something stands before the XML declaration, which must be the very first thing.',
    'Remove blank lines and notices that a template or plugin prints before the feed.',
  ],
  'json-invalid': [
    'error',
    'The document is not JSON, or not a JSON Feed.',
    'Write it with a JSON library; it needs version, title and items.',
  ],
  'feed-incomplete': [
    'error',
    'The feed lacks what its format demands.',
    'RSS needs title, link and description; Atom id, title and updated; JSON Feed version, title and items.',
  ],
  'feed-empty': [
    'warning',
    'There are no items in the feed.',
    'Is this the right feed, and does its query find anything?',
  ],
  'id-missing': [
    'error',
    'Items have no id: readers guess one, and show articles again when a title or link changes.',
    'Give every item a <guid>, an <id>, an "id" that never changes.',
  ],
  'id-duplicate': [
    'error',
    'Several items have the same id: readers show one of them.',
    'Give every article its own.',
  ],
  'id-changed': [
    'error',
    'Between two fetches the same items came with other ids: everything turns unread, again and again.',
    'Make ids of something permanent, never of the clock, a session or a counter.',
  ],
  'guid-no-address': [
    'warning',
    'A <guid> that is not an address is given as one, and readers open it as a link.',
    'Write <guid isPermaLink="false">.',
  ],
  'date-missing': [
    'warning',
    'Items have no date: readers show them as new whenever they first see them.',
    'Write pubDate, or published and updated.',
  ],
  'date-invalid': [
    'warning',
    'Dates are not in the form that the format demands; some readers take today, or 1970.',
    'RSS: "Sat, 31 Jan 2026 09:30:00 GMT". Atom and JSON Feed: "2026-01-31T09:30:00Z".',
  ],
  'date-future': [
    'warning',
    'Items are dated in the future; they stay at the top of every list until then, or are hidden.',
    'Publish them when their time comes, and mind the time zone.',
  ],
  'item-empty': ['warning', 'Items have neither a title nor any text.', 'Give them at least one of the two.'],
  'link-relative': [
    'warning',
    'Addresses are relative, and readers resolve them in different ways or not at all.',
    'Write absolute addresses in links and in the text.',
  ],
  'self-missing': [
    'note',
    'The feed does not say its own address.',
    'Write <atom:link rel="self" href="…"/>, or "feed_url".',
  ],
  'self-wrong': [
    'warning',
    'The address that the feed gives as its own is another one: readers that follow it subscribe to that.',
    'Name the address that people subscribe to.',
  ],
  // Around it
  'enclosure-incomplete': [
    'warning',
    'Enclosures lack their type or length, or have one that is not a number.',
    'Write url, type and length in bytes.',
  ],
  'enclosure-unreachable': ['error', 'An enclosure can not be fetched.', 'Mend its address.'],
  'enclosure-wrong': [
    'warning',
    'An enclosure is served with another type or length than the feed says.',
    'Say in the feed what the server says.',
  ],
  'enclosure-no-range': [
    'warning',
    'An enclosure can not be fetched in parts: listeners can neither skip nor resume.',
    'Answer Range requests with 206.',
  ],
  'autodiscovery-missing': [
    'warning',
    'The page that the feed belongs to does not name the feed, so that readers given the page find nothing.',
    'Put <link rel="alternate" type="application/rss+xml" href="…"> into its head.',
  ],
  'hub-silent': [
    'error',
    'The feed names a hub, and no hub answers there: readers that rely on it poll less often and hear of nothing.',
    'Let the hub answer POST at the address that the feed names, or name none.',
  ],
  'hub-topic-wrong': [
    'error',
    'The Link header that names the hub names another feed with rel="self", several, or none: subscribers ask the hub for what it does not know.',
    'Send one Link with rel="self" and the address of the feed itself, the same as in the feed.',
  ],

  // What podcast directories ask (doctor --podcast)
  'podcast-no-rss': [
    'error',
    'Directories take RSS feeds only.',
    'Give the directory the address of the RSS feed.',
  ],
  'podcast-incomplete': [
    'error',
    'The show lacks what Apple asks of every show.',
    'Say it in [podcast] of broadsheet.toml, or where your program keeps it.',
  ],
  'podcast-description-long': [
    'error',
    'Directories take descriptions of 4,000 bytes at most.',
    'Shorten the description of the show.',
  ],
  'podcast-category-unknown': [
    'error',
    'The category is none of Apple’s.',
    'Take one of https://podcasters.apple.com/support/1691-apple-podcasts-categories.',
  ],
  'podcast-explicit-wrong': ['error', 'Apple knows "true" and "false" alone.', 'Write one of the two.'],
  'podcast-owner-missing': [
    'note',
    'Directories write to the owner to find out whether the show is yours; Spotify wants the address in the feed.',
    'Give an e-mail address in itunes:owner for as long as you sign up.',
  ],
  'podcast-cover-wrong': [
    'error',
    'The cover is not what directories take.',
    'Make it square, 1400 to 3000 pixels a side, RGB, as JPEG or PNG with the true extension.',
  ],
  'podcast-item-silent': [
    'warning',
    'Some items have no sound: directories leave them out.',
    'Give the podcast a feed of its own.',
  ],
  'podcast-sound-twice': [
    'error',
    'Two episodes have the same address of sound: directories take them for one.',
    'Give each episode a file of its own.',
  ],
  'podcast-type-unknown': [
    'error',
    'Apple takes MP3, M4A, MP4, M4V, MOV and PDF.',
    'Convert the sound to MP3 or M4A, and keep the other beside it.',
  ],
  'podcast-episode-long': [
    'warning',
    'Spotify takes episodes of 12 hours at most.',
    'Make several episodes of it.',
  ],
  'podcast-head-refused': [
    'error',
    'The server does not answer HEAD for a sound: directories give up there.',
    'Allow HEAD as you allow GET.',
  ],
  'podcast-no-ranges': [
    'error',
    'The server does not send parts of a sound (206): Apple asks for that, and players can’t skip.',
    'Serve the files from a host that knows byte ranges.',
  ],
  'podcast-length-wrong': [
    'warning',
    'The feed says another length of a sound than the server.',
    'Say the true length in bytes.',
  ],
  'podcast-type-wrong': [
    'warning',
    'The feed says another type of a sound than the server.',
    'Give the file its true extension, or tell the server its type.',
  ],
} as const satisfies Record<string, readonly ['error' | 'warning' | 'note', string, string]>

export type DoctorCode = keyof typeof doctorCodes
