/** The style sheet of the HTML report, for light and dark screens and for paper. */
export const STYLE = `
:root { color-scheme: light dark; --ok: #1a7f37; --bad: #cf222e; --warn: #9a6700; --line: #8883; --soft: #8881; --muted: #59636e }
@media (prefers-color-scheme: dark) { :root { --ok: #3fb950; --bad: #f85149; --warn: #d29922; --muted: #9198a1 } }
* { box-sizing: border-box }
body { font: 16px/1.5 system-ui, sans-serif; max-width: 66rem; margin: 0 auto; padding: 2rem 1rem 4rem }
h1 { margin: 0; font-size: 2rem; line-height: 1.2 } h2 { margin: 2.5rem 0 .75rem; font-size: 1.3rem } h3 { margin: 1.5rem 0 .5rem; font-size: 1.05rem }
header { border-left: .5rem solid var(--ok); padding: .25rem 0 .25rem 1.25rem } .fails header, .could-not-run header { border-color: var(--bad) }
.conforms h1 { color: var(--ok) } .fails h1, .could-not-run h1, .problem { color: var(--bad) }
.lead { font-size: 1.1rem; margin: .5rem 0 } .muted, small { color: var(--muted) }
code, pre { font: .85rem/1.5 ui-monospace, monospace } code { overflow-wrap: anywhere }
pre { white-space: pre-wrap; overflow-wrap: anywhere; background: var(--soft); padding: .6rem .8rem; border-radius: 6px; margin: .5rem 0 0; max-height: 16rem; overflow-y: auto }
nav ul { list-style: none; padding: 0; display: flex; flex-wrap: wrap; gap: .5rem } nav a { display: block; padding: .15rem .7rem; border: 1px solid var(--line); border-radius: 2rem; color: inherit; text-decoration: none } nav a:hover { border-color: currentColor }
article { border: 1px solid var(--line); border-radius: 8px; padding: .75rem 1rem; margin: .6rem 0 } article:target { outline: 2px solid var(--warn) }
article.failure { border-left: 4px solid var(--bad) } article h4 { margin: 0 0 .5rem; font-size: 1rem; font-weight: 600 } article h4 a { color: inherit; text-decoration: none }
.pair { display: grid; grid-template-columns: 1fr 1fr; gap: .5rem } .pair > div { background: var(--soft); border-radius: 6px; padding: .4rem .8rem; overflow-wrap: anywhere }
.pair b { display: block; font-size: .75rem; font-weight: 600; text-transform: uppercase; letter-spacing: .04em } .pair .expected b { color: var(--ok) } .pair .received b { color: var(--bad) }
details { margin-top: .5rem } summary { cursor: pointer; color: var(--muted) }
table { border-collapse: collapse; width: 100%; font-size: .9rem } th, td { text-align: left; padding: .3rem .5rem; border-bottom: 1px solid var(--line); vertical-align: top; overflow-wrap: anywhere } th { font-weight: 600 } td.number, th.number { text-align: right; font-variant-numeric: tabular-nums }
.failed { color: var(--bad); font-weight: 600 } .covered { color: var(--ok) } .unreached { color: var(--muted) }
.grid { table-layout: fixed } .grid th:first-child { width: 16rem } .grid td.covered { background: color-mix(in srgb, var(--ok) 12%, transparent) } .grid td.failed { background: color-mix(in srgb, var(--bad) 14%, transparent) } .grid td.unreached { background: var(--soft) }
.wide { overflow-x: auto } dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1rem } dd { margin: 0; overflow-wrap: anywhere }
@media (max-width: 40rem) { .pair { grid-template-columns: 1fr } .grid th:first-child { width: 9rem } }
@media print { body { max-width: none } article { break-inside: avoid } }
`
