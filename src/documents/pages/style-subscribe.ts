/** The page at a feed's address: the address first and largest. */
export const subscribeStyle = `.address, .step, .fold, .others { max-inline-size: var(--measure); margin-inline: auto; }
.address { padding: 1.1rem 1.25rem 1.25rem; border: 2px solid var(--ink); }
.address > div { display: flex; flex-wrap: wrap; gap: 0.6rem; margin-block-start: 0.4rem; }
.address input { flex: 1 1 16rem; }
@media (scripting: enabled) {
  .address button[hidden] { display: inline-block !important; visibility: hidden; }
}
label { display: block; font-weight: 600; }
input, select { min-inline-size: 0; max-inline-size: 100%; padding: 0.5em 0.6em; border: 1px solid var(--faint); border-radius: 2px; background: var(--sheet); color: var(--ink); font: 0.88rem/1.4 var(--mono); }
select { font-family: var(--sans); }
.fold input { inline-size: 100%; }
.step h2 { margin-block: 2.25rem 0.8rem; font-size: 1.2rem; }
.services { display: flex; flex-wrap: wrap; gap: 0.5rem; margin-block-end: 0.8rem; }
.fold { margin-block: 1.25rem; padding-block: 0.75rem; border-block: 1px solid var(--rule); }
.fold + .fold { margin-block-start: -1.3rem; }
summary { font-weight: 600; cursor: pointer; }
.fold > :nth-child(2) { margin-block-start: 0.9rem; }
.fold p { font-size: 0.95rem; }
dt { font: 600 0.82rem/1.5 var(--sans); }
dd { margin: 0 0 0.9em; }
dd code { overflow-wrap: anywhere; }
.formats dd { display: flex; flex-wrap: wrap; align-items: baseline; gap: 0 1em; }
.formats a { font: 0.82rem/1.5 var(--sans); }
.qr { display: block; inline-size: min(15rem, 100%); }
.others { display: flex; flex-wrap: wrap; gap: 0.3rem 1.5rem; margin-block: 1.5rem; }
`
