import { type Accent, papers } from './accent-colour.ts'
import { arabicScript } from './arabic-script.ts'

/** Colours, type and the frame around every page. */
export const baseStyle = (accent: Accent): string => colours(accent) + type + frame

const colours = (accent: Accent) => `:root {
  color-scheme: light dark;
  --paper: ${papers.light};
  --sheet: #f3efe5;
  --ink: #1d1b18;
  --faint: #5f5a51;
  --rule: #d8d2c4;
  --accent: ${accent.light};
  --on-accent: #fff;
  --mono: ui-monospace, 'Cascadia Code', Menlo, Consolas, 'Liberation Mono', monospace;
  --measure: 33rem;
  --page: 70rem;
  --gap: clamp(1.25rem, 4vw, 2.5rem);
  accent-color: var(--accent);
}
@media (prefers-color-scheme: dark) {
  :root {
    --paper: ${papers.dark};
    --sheet: #23211e;
    --ink: #e9e5dc;
    --faint: #aaa398;
    --rule: #3c3934;
    --accent: ${accent.dark};
    --on-accent: #181715;
  }
}
`

const type = `/* Type goes with the language, and starts anew wherever another one is named. */
:root, [lang] {
  --serif: Charter, 'Bitstream Charter', 'Sitka Text', Cambria, 'Noto Serif', Georgia, 'Times New Roman', serif;
  --display: 'Iowan Old Style', 'Palatino Linotype', 'URW Palladio L', P052, 'Noto Serif Display', Georgia, 'Times New Roman', serif;
  --sans: ui-sans-serif, system-ui, 'Segoe UI', Roboto, 'Noto Sans', 'Liberation Sans', Arial, sans-serif;
  --tracking: 0.06em;
  --squeeze: -0.01em;
  --leading: 1.6;
  --leading-close: 1.5;
  --leading-heads: 1.2;
  --leading-titles: 1.12;
  --slant: italic;
}
${arabicScript} {
  --serif: 'Vazirmatn', 'Noto Naskh Arabic', 'Geeza Pro', 'Segoe UI', Tahoma, 'DejaVu Sans', sans-serif;
  --display: var(--serif);
  --sans: var(--serif);
  --tracking: 0;
  --squeeze: 0;
  --leading: 1.85;
  --leading-close: 1.8;
  --leading-heads: 1.45;
  --leading-titles: 1.4;
  --slant: normal;
}
*, ::before, ::after { box-sizing: border-box; }
[hidden] { display: none !important; }
html { font-size: 112.5%; -webkit-text-size-adjust: none; text-size-adjust: none; scroll-padding-block: 1rem; }
body {
  margin: 0 auto; max-inline-size: var(--page); padding-inline: var(--gap);
  background: var(--paper); color: var(--ink);
  overflow-wrap: break-word;
}
body, li[lang], section[lang] { font-family: var(--serif); line-height: var(--leading); }
/* Firefox aligns an item as its list, whatever the item's own direction. */
li[dir] { text-align: start; }
h1, h2, h3, h4, h5, h6 {
  margin-block: 1.6em 0.5em; font-family: var(--serif); font-weight: 700; line-height: var(--leading-heads); text-wrap: balance;
}
/* Only words that would fill a line by themselves are parted, and where their language parts them. */
@supports (hyphenate-limit-chars: 18 6 6) {
  h1, h2, h3, .headlines a, .neighbours .title { hyphens: auto; hyphenate-limit-chars: 18 6 6; }
}
/* A display face is drawn for large sizes: below 2rem its hairlines vanish on ordinary screens. */
.nameplate h1, .opening h1:not(.long), .lead h2:not(.long) { font-family: var(--display); }
time { white-space: nowrap; }
p, ul, ol, dl, figure { margin-block: 0 1em; }
a { color: var(--accent); text-decoration-thickness: 0.06em; text-underline-offset: 0.16em; }
a:hover { text-decoration-thickness: 0.12em; }
:is(h1, h2, h3, .name, .headlines) a, .neighbours .title { color: inherit; text-decoration-line: none; }
:is(h1, h2, h3, .name, .headlines) a:hover, .neighbours a:hover .title { text-decoration: underline; }
:focus-visible { outline: 3px solid var(--accent); outline-offset: 3px; border-radius: 2px; }
img, video, svg { max-inline-size: 100%; block-size: auto; }
`

const frame = `.skip { position: absolute; inset-inline-start: -999rem; }
.skip:focus { inset: 0.5rem auto auto 0.5rem; z-index: 1; padding: 0.5rem 1rem; background: var(--paper); }
.label, .meta, .count, .note, nav, .colophon, .button, label, .others, .follow, summary, .rubric, figcaption {
  font-family: var(--sans); font-size: 0.82rem; line-height: 1.5;
}
.label { margin: 0 0 0.35em; color: var(--accent); font-weight: 600; letter-spacing: var(--tracking); }
.label a { color: inherit; text-decoration: none; }
.label a:hover { text-decoration: underline; }
.label > * + *::before { content: '/'; margin-inline: 0.25em 0.5em; color: var(--faint); }
.meta, .count, .note { color: var(--faint); }
.meta a { color: inherit; }
/* "Updated" stands in one line with its date; names may be many. */
.meta > span:not(.by) { display: inline-block; }
/* Behind what it parts from the next: no line begins with it. */
.meta > :not(:last-child)::after { content: '·'; margin-inline-start: 0.5em; }
figcaption .meta::before { content: '·'; margin-inline: 0.25em 0.5em; }
.button {
  display: inline-block; padding: 0.4em 0.95em; border: 1px solid var(--accent); border-radius: 2px;
  background: none; color: var(--accent); font-weight: 600; line-height: 1.5; text-decoration: none; cursor: pointer;
}
.button:hover, nav .button { background: var(--accent); color: var(--on-accent); }
.masthead {
  display: flex; flex-wrap: wrap; align-items: center; justify-content: space-between; gap: 0.5rem 1.5rem;
  padding-block: 1rem 0.9rem; border-block-end: 3px double var(--rule); margin-block-end: clamp(1.75rem, 5vw, 3.25rem);
}
.masthead nav { display: flex; flex-wrap: wrap; align-items: center; gap: 0.4rem 1.25rem; }
.masthead nav a:not(.button) { color: var(--ink); }
.masthead .sections { flex-basis: 100%; min-inline-size: 100%; margin-inline: -0.2rem; overflow-x: auto; scrollbar-width: none; }
.sections ul { display: flex; gap: 0.25rem 1.25rem; margin: 0; padding: 0.15rem 0.2rem; list-style: none; white-space: nowrap; }
.masthead .sections a { display: block; max-inline-size: 14rem; overflow: hidden; text-overflow: ellipsis; text-decoration: none; }
.masthead .sections a:is(:hover, [aria-current]) { text-decoration: underline; }
.nameplate .sections ul { inline-size: max-content; margin-inline: auto; }
.name { margin: 0; font: 700 1.35rem/1.2 var(--serif); }
.name, .topics li, .index li, .others a, .colophon li, .headlines a { min-inline-size: 0; max-inline-size: 100%; overflow-wrap: anywhere; }
.logo { block-size: 1.4em; inline-size: 1.4em; object-fit: contain; vertical-align: -0.32em; margin-inline-end: 0.45em; }
.nameplate .logo { display: block; block-size: 5rem; inline-size: auto; max-inline-size: 100%; margin: 0 auto 1rem; }
.nameplate { display: block; padding-block: clamp(1.5rem, 5vw, 3rem) 0; border: 0; text-align: center; margin-block-end: 2rem; }
.nameplate h1 { margin: 0; font-size: clamp(2.6rem, 10vw, 5.5rem); line-height: var(--leading-titles); letter-spacing: var(--squeeze); font-weight: 700; }
.nameplate h1.long { font-size: clamp(2rem, 6vw, 3.4rem); }
.nameplate .motto { max-inline-size: 44rem; margin: 0.9rem auto 0; color: var(--faint); font-style: var(--slant); text-wrap: balance; }
.nameplate nav:not(.sections) {
  justify-content: center; margin-block-start: 1.6rem; padding-block: 0.55rem;
  border-block: 1px solid var(--rule); border-block-start: 3px double var(--rule);
}
.opening > .label { margin-block-end: 0.7em; }
.opening { max-inline-size: var(--measure); margin: 0 auto 2rem; }
.opening h1 { margin: 0 0 0.4em; font-size: clamp(2rem, 1.3rem + 2.6vw, 2.9rem); line-height: var(--leading-titles); letter-spacing: var(--squeeze); }
.opening h1.long { font-size: clamp(1.5rem, 1.3rem + 0.9vw, 1.9rem); line-height: var(--leading-heads); }
.standfirst { font-size: 1.15rem; line-height: var(--leading-close); color: var(--faint); text-wrap: pretty; }
.colophon { margin-block-start: 4.5rem; padding-block: 1.1rem 2.5rem; border-block-start: 3px double var(--rule); color: var(--faint); }
.colophon p { margin-block-end: 0.5em; text-align: -webkit-match-parent; text-align: match-parent; }
.colophon ul { display: flex; flex-wrap: wrap; gap: 0.25rem 1.25rem; margin: 0; padding: 0; list-style: none; }
.printed { display: none; }
@media (max-width: 40rem) {
  .masthead { padding-block: 0.6rem 0.5rem; margin-block-end: 1.25rem; }
  .nameplate { padding-block: 0.6rem 0; margin-block-end: 1.1rem; }
  .nameplate .logo { display: inline; block-size: 1.2em; vertical-align: -0.25em; margin-block: 0; margin-inline: 0 0.35em; }
  .nameplate h1 { font-size: 2rem; }
  .nameplate h1.long { font-size: 1.5rem; }
  .nameplate .motto { margin-block-start: 0.35rem; font-size: 0.95rem; line-height: 1.35; }
  .nameplate nav:not(.sections) { margin-block-start: 0.45rem; padding-block: 0.2rem; }
}
`
