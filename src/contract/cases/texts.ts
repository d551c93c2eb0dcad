/** Texts that servers often change, and must store unchanged. */
export const RICH = 'Zoë "東京" 🦜 \\b & <b> O\'Hara ]]>'
export const LONG = `${'long '.repeat(220)}end`
export const SPACED = '  two\nlines  '
