/** The one stylesheet of all pages: no script, no third party, light and dark by the reader's own setting. */
export const stylesheet = `:root {
  color-scheme: light dark;
  --ink: light-dark(#1a1a1a, #e8e6e3);
  --paper: light-dark(#fffdf8, #16181a);
  --faint: light-dark(#5c5c5c, #a5a29d);
  --rule: light-dark(#d9d5cb, #383b3e);
  --accent: light-dark(#8a1c1c, #ff9d8a);
}
* { box-sizing: border-box; }
body { margin: 0 auto; max-width: 42rem; padding: 0 1.25rem 3rem; background: var(--paper); color: var(--ink);
  font: 1.125rem/1.6 Georgia, 'Times New Roman', serif; }
a { color: var(--accent); }
.skip { position: absolute; inset-inline-start: -100vw; }
.skip:focus { inset-inline-start: 1rem; }
.masthead { padding: 1.5rem 0 0.75rem; border-bottom: 3px double var(--rule); font-weight: bold; }
.masthead a { color: inherit; text-decoration: none; }
h1, h2, h3 { line-height: 1.25; text-wrap: balance; }
.lead { font-size: 1.2em; color: var(--faint); }
.meta, .subscribe, .colophon, .tags, .index { font-size: 0.9em; color: var(--faint); }
.articles { list-style: none; padding: 0; }
.articles li { border-bottom: 1px solid var(--rule); padding-bottom: 0.5rem; }
.articles h2 { font-size: 1.25em; margin-bottom: 0.25rem; }
.body img, .body video { max-width: 100%; height: auto; }
.body pre { overflow-x: auto; padding: 0.75rem; border: 1px solid var(--rule); font-size: 0.85em; }
.body table { border-collapse: collapse; display: block; overflow-x: auto; }
.body th, .body td { border: 1px solid var(--rule); padding: 0.25rem 0.6rem; text-align: start; }
.body blockquote { margin-inline: 0; padding-inline-start: 1rem; border-inline-start: 3px solid var(--rule); }
.tags, .enclosures { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: 0.75rem; }
.colophon { margin-top: 3rem; border-top: 1px solid var(--rule); }
`
