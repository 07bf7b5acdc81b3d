/** The article: a column of some 66 characters, which pictures, code and tables may leave where there is room. */
export const articleStyle = `article > .body, .cover, .attachments, .chapters, .transcript, .topics, .neighbours, .printed { max-inline-size: var(--measure); margin-inline: auto; }
article .opening { margin-block-end: 1.75rem; padding-block-end: 1rem; border-block-end: 1px solid var(--rule); }
article .opening > :last-child { margin-block-end: 0; }
.by { color: var(--ink); font-weight: 600; }
.by a { text-decoration: none; }
.by a:hover { text-decoration: underline; }
.articles .by, .lead .by { font-weight: 400; color: inherit; }
.body { hanging-punctuation: first allow-end last; font-variant-numeric: oldstyle-nums; }
.body > p { text-wrap: pretty; hyphens: auto; }
.body :is(h1, h2) { font-size: 1.5rem; }
.body h3 { font-size: 1.2rem; }
.body :is(h4, h5, h6) { font-size: 1rem; }
.body > :first-child { margin-block-start: 0; }
.body :is(ul, ol) { padding-inline-start: 1.4em; }
.body li + li, .body li > :is(ul, ol) { margin-block: 0.3em 0; }
.body ol:lang(fa) { list-style-type: persian; }
.body li::marker { color: var(--faint); }
.body :is(dt) { font-weight: 700; }
.body dd { margin-inline-start: 1.4em; }
.body blockquote { margin: 1.5em 0; padding-inline-start: 1.2em; border-inline-start: 3px solid var(--accent); color: var(--faint); }
.body blockquote > :last-child { margin-block-end: 0; }
.body hr { inline-size: 8rem; margin: 2.5em auto; border: 0; border-block-start: 3px double var(--rule); }
.body figure, .picture { margin: 1.75em 0; }
.body img, .body video { display: block; margin-inline: auto; border-radius: 2px; }
.body p > img { margin-block: 0.75em; }
.picture { max-inline-size: calc(var(--measure) + 10rem); margin-inline: auto; }
.picture img { inline-size: 100%; }
.listen { display: flex; gap: 1rem; align-items: flex-start; max-inline-size: var(--measure); margin: 0 auto 1.5rem; }
.listen .cover { flex: 0 0 clamp(4rem, 18vw, 9rem); margin: 0; }
.listen .players { flex: 1; min-inline-size: 0; margin: 0; }
.listen .players figure:last-child { margin-block-end: 0; }
.cover img { inline-size: min(100%, 14rem); block-size: auto; border-radius: 2px; }
figcaption { margin-block-start: 0.6em; color: var(--faint); }
.body code, .body kbd, .body samp, dd code { font-family: var(--mono); font-size: 0.84em; font-variant-numeric: normal; }
.body :not(pre) > code, .body kbd { padding: 0.1em 0.3em; border-radius: 2px; background: var(--sheet); }
.body kbd { border: 1px solid var(--rule); }
.body pre { margin-block: 1.5em; padding: 1rem 1.2rem; overflow-x: auto; background: var(--sheet); border-inline-start: 3px solid var(--rule); font: 0.8rem/1.6 var(--mono); tab-size: 4; direction: ltr; text-align: left; }
.body pre code { font-size: 1em; }
.wide { margin-block: 1.5em; overflow-x: auto; }
.body :is(pre, .wide) { scrollbar-width: thin; scrollbar-color: var(--faint) transparent; }
.body table { min-inline-size: 100%; border-collapse: collapse; font-size: 0.88rem; line-height: 1.45; font-variant-numeric: lining-nums tabular-nums; }
.body :is(th, td) { padding: 0.45em 0.8em 0.45em 0; text-align: start; vertical-align: top; border-block-end: 1px solid var(--rule); }
.body :is(th, td):dir(rtl) { padding-inline: 0 0.8em; }
.body thead th { border-block-end: 2px solid var(--ink); font-family: var(--sans); font-size: 0.8rem; }
.body caption { padding-block-end: 0.5em; color: var(--faint); font: 0.82rem/1.5 var(--sans); text-align: start; }
.body [align=right] { text-align: right; }
.body [align=center] { text-align: center; }
.body :is(sup, sub) { font-size: 0.7em; line-height: 0; font-variant-numeric: lining-nums; }
.body :is(ins, mark) { text-decoration-thickness: 0.06em; }
.body mark { background: var(--sheet); color: inherit; border-block-end: 2px solid var(--accent); }
.body .footnotes { margin-block-start: 2.5em; padding-block-start: 0.8em; border-block-start: 1px solid var(--rule); font-size: 0.86rem; }
.body .footnotes-sep { display: none; }
.body :target { background: var(--sheet); box-shadow: 0 0 0 0.4em var(--sheet); }
.body :is(.contains-task-list, :has(> .task-list-item)) { padding: 0; }
.body .task-list-item { list-style: none; }
.body details { margin-block: 1em; }
.sr-only { position: absolute; inline-size: 1px; block-size: 1px; overflow: hidden; clip-path: inset(50%); white-space: nowrap; }
@media (min-width: 60rem) {
  .body > :is(figure, .wide, pre) { margin-inline: -4rem; }
}
.attachments figure { margin: 1.5rem 0; padding: 1rem 1.2rem; background: var(--sheet); }
.attachments figcaption { margin: 0; color: var(--ink); }
.attachments :is(audio, video) { display: block; inline-size: 100%; margin-block-start: 0.75rem; }
.attachments video { aspect-ratio: 16 / 9; background: #000; }
.players figure:first-child { margin-block-start: 0; }
.chapters, .transcript { margin-block-start: 2.5rem; padding-block-start: 1rem; border-block-start: 1px solid var(--rule); }
:is(.chapters, .transcript) h2 { margin-block: 0 0.8rem; font-size: 1.2rem; }
.chapters li { margin-block: 0.35em; }
.chapters ol { padding: 0; list-style: none; }
.chapters a:first-child { text-decoration: none; }
.chapters a:first-child > * { text-decoration: underline 0.06em; }
.chapters time, .transcript p > :is(a[href^="#t"], .meta) { font: 0.82em var(--sans); font-variant-numeric: tabular-nums; margin-inline-end: 0.5em; }
.transcript :target { background: var(--sheet); box-shadow: 0 0 0 0.4em var(--sheet); }
.topics { margin-block-start: 2.5rem; }
.topics ul { display: flex; flex-wrap: wrap; gap: 0.5rem; }
.topics a { display: block; padding: 0.15em 0.7em; border: 1px solid var(--rule); border-radius: 2em; color: var(--ink); text-decoration: none; }
.topics a:hover { border-color: var(--accent); color: var(--accent); }
.neighbours { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 15rem), 1fr)); gap: 1rem 2.5rem; margin-block-start: 3rem; padding-block-start: 1.2rem; border-block-start: 2px solid var(--ink); }
.neighbours a { text-decoration: none; }
.neighbours .label { display: block; }
@media (min-width: 38rem) {
  .neighbours [rel=next]:not(:only-child) { text-align: end; }
}
.neighbours .title { display: block; text-align: -webkit-match-parent; text-align: match-parent; color: var(--ink); font: 700 1.1rem/1.35 var(--display); text-wrap: balance; }
.embed { background: #2b2926; border-radius: 2px; }
.embed a { position: relative; display: grid; place-items: center; padding: 1rem; color: #fff; font-family: var(--sans); font-weight: 600; text-align: center; text-decoration: none; }
.embed.film a, .embed iframe { aspect-ratio: 16 / 9; inline-size: 100%; }
.embed.sound a, .embed.sound iframe { aspect-ratio: auto; block-size: 9.5rem; }
.embed iframe { display: block; border: 0; }
.embed img { position: absolute; inset: 0; inline-size: 100%; block-size: 100%; object-fit: cover; opacity: 0.4; }
.embed span { position: relative; }
.embed span::before { content: '▶'; display: block; margin-block-end: 0.4rem; font-size: 2.2rem; line-height: 1; }
`
