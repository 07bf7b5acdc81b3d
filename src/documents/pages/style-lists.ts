/** Lists of articles and of collections: front page, collections, feeds. */
export const listStyle = `.articles, .headlines, .index ul, .services, .topics ul { margin: 0; padding: 0; list-style: none; }
.articles, .headlines, .paging, .rubric { max-inline-size: var(--measure); margin-inline: auto; }
.articles > li { padding-block: 1.4rem; border-block-start: 1px solid var(--rule); }
.articles > li > *:last-child { margin-block-end: 0; }
.articles :is(h2, h3) { margin: 0 0 0.3em; font-size: 1.4rem; }
.articles .thumb { float: inline-end; inline-size: 6.5rem; block-size: 6.5rem; margin: 0.2rem 0 0.5rem; margin-inline-start: 1rem; object-fit: cover; background: var(--sheet); }
.articles > li { display: flow-root; }
.articles .summary { margin-block-end: 0.5em; text-wrap: pretty; }
.rubric { margin-block: 2.75rem 0; padding-block-end: 0.5rem; border-block-end: 2px solid var(--ink); font-weight: 700; letter-spacing: var(--tracking); }
.rubric + .articles > li:first-child, .rubric + .headlines > li:first-child { border: 0; }
.headlines > li { display: flex; flex-wrap: wrap; align-items: baseline; justify-content: space-between; gap: 0.1rem 1.5rem; padding-block: 0.6rem; border-block-start: 1px solid var(--rule); }
.headlines a { flex: 1 1 16rem; font-family: var(--serif); font-weight: 700; line-height: 1.35; }
.headlines .meta { margin: 0; }
:is(.articles, .headlines, .lead) .meta[dir] { text-align: -webkit-match-parent; text-align: match-parent; }
.lead { padding-block-end: 1.75rem; border-block-end: 1px solid var(--rule); }
.lead h2 { margin: 0 0 0.35em; font-size: clamp(2rem, 1.2rem + 3.4vw, 3.2rem); line-height: var(--leading-titles); letter-spacing: var(--squeeze); }
.lead h2.long { max-inline-size: 44rem; font-size: clamp(1.5rem, 1.2rem + 1.6vw, 2.1rem); line-height: var(--leading-heads); }
.lead .summary { max-inline-size: 38rem; font-size: 1.15rem; line-height: var(--leading-close); }
.lead > img { margin-block-start: 1.25rem; background: var(--sheet); }
.lead > :first-child > :last-child { margin-block-end: 0; }
@media (min-width: 54rem) {
  .pictured { display: grid; grid-template-columns: 5fr 4fr; gap: 2.5rem; align-items: start; }
  .lead.pictured > img { margin: 0; }
}
.columns .articles { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 17rem), 1fr)); gap: 0 2.5rem; max-inline-size: none; }
.columns .articles > li { position: relative; border-block: 0; border-block-end: 1px solid var(--rule); }
.columns .articles > li::before { content: ''; position: absolute; inset-block: 1.4rem; left: -1.25rem; border-left: 1px solid var(--rule); }
[dir=rtl] > body .columns .articles > li::before { left: auto; right: -1.25rem; }
.columns { overflow: clip; }
.columns .articles :is(h2, h3) { font-size: 1.25rem; }
.columns .summary { font-size: 0.95rem; line-height: var(--leading-close); display: -webkit-box; -webkit-box-orient: vertical; -webkit-line-clamp: 5; overflow: hidden; }
.paging { display: flex; flex-wrap: wrap; gap: 0.5rem 1.5rem; padding-block: 1rem; border-block-start: 1px solid var(--rule); }
@media (min-width: 54rem) {
  .home .headlines { max-inline-size: none; columns: 2; column-gap: 2.5rem; column-rule: 1px solid var(--rule); }
  .home .headlines > li { break-inside: avoid; }
}
.columns + .paging { border: 0; }
.words.words { font: inherit; line-height: inherit; letter-spacing: normal; text-wrap: pretty; }
.lead h2.words { max-inline-size: 38rem; font: 400 1.35rem/var(--leading-close) var(--serif); }
.columns .articles :is(h2, h3).words { font-size: 0.95rem; line-height: var(--leading-close); }
.home .rubric, .home .paging { max-inline-size: none; }
.indexes { margin-block-start: 3rem; border-block-start: 2px solid var(--ink); }
.index { max-inline-size: var(--measure); margin-inline: auto; }
.indexes .index { display: flex; flex-wrap: wrap; gap: 0 2rem; max-inline-size: none; padding-block: 0.7rem; border-block-end: 1px solid var(--rule); }
.indexes h2 { flex: 0 0 8rem; margin: 0; font-size: 1rem; line-height: 1.7; }
.indexes ul { flex: 1 1 18rem; display: flex; flex-wrap: wrap; gap: 0.1rem 1.4rem; }
.indexes a { text-decoration: none; }
.indexes a:hover { text-decoration: underline; }
:not(.indexes) > .index h2 { margin-block: 1.8rem 0.4rem; font-size: 1.1rem; }
.index li { font-size: 0.95rem; }
:not(.indexes) > .index li { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 0.6rem; padding-block: 0.45rem; border-block-start: 1px solid var(--rule); }
.follow { margin-inline-start: auto; }
.empty { max-inline-size: var(--measure); margin: 3rem auto; text-align: center; }
`
