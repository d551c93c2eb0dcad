/** Decodes percent-encoded UTF-8 (RFC 3986, section 2.1), or gives undefined for what is not that. */
export function decodePercent(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}
