/** Paper, and people who would rather nothing moved. */
export const printStyle = `@media (prefers-reduced-motion: no-preference) {
  html { scroll-behavior: smooth; }
}
@media print {
  :root { --paper: #fff; --sheet: #fff; --ink: #000; --faint: #333; --rule: #999; --accent: #000; }
  html { font-size: 11pt; }
  body { max-inline-size: none; padding: 0; }
  .masthead nav, .skip, .topics, .neighbours, .paging, .attachments :is(audio, video, a), .colophon ul, .fold, .address button, .step:has(.services), .formats a, .others, .follow { display: none !important; }
  .printed { display: block; margin-block-start: 2em; font: 9pt var(--sans); overflow-wrap: anywhere; }
  .opening, article > .body, .attachments, .printed, .address, .step, .articles, .headlines, .rubric, .index { max-inline-size: none; }
  .body details::details-content { content-visibility: visible; }
  .body > :is(figure, .wide, pre) { margin-inline: 0; }
  .body pre { border: 1px solid var(--rule); white-space: pre-wrap; overflow: visible; }
  .wide { overflow: visible; }
  :is(h1, h2, h3, h4) { break-after: avoid; }
  :is(figure, pre, blockquote, tr, li) { break-inside: avoid; }
  p { orphans: 3; widows: 3; }
  a { color: inherit; }
}
`
