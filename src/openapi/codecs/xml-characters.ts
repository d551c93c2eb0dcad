/** Whatever is no Char of XML 1.0 (section 2.2), lone surrogates included. */
const UNCARRIED = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu

/** The text with something else for each character that no XML can have. */
export const carriedByXml = (text: string, replacement = '\uFFFD'): string => text.replace(UNCARRIED, replacement)
