/** Texts that a server must carry unchanged, and that many do not. */
export const RICH = 'Zoë "東京" 🦜 \\b & <b> O\'Hara ]]>'
export const LONG = `${'long '.repeat(220)}end`
export const SPACED = '  two\nlines  '
