/**
 * Writes words as one text: for each the number of first letters, up to 9, that it shares with the one before, and its
 * other letters. Of sorted words that is a quarter smaller when compressed. Throws if a word has a digit.
 */
export function packWords(words: readonly string[]): string {
  const digits = words.find((word) => /\d/.test(word))
  if (digits !== undefined) throw new Error(`${digits} has a digit, which words for pages cannot have.`)
  return words.map((word, index) => packAfter(words[index - 1] ?? '', word)).join('')
}

function packAfter(before: string, word: string): string {
  let shared = 0
  while (shared < 9 && shared < word.length && word[shared] === before[shared]) shared += 1
  return shared + word.slice(shared)
}

/** The words of a text that `packWords` gave. */
export function unpackWords(text: string): string[] {
  const words: string[] = []
  for (const [, shared, rest = ''] of text.matchAll(/(\d)(\D*)/g))
    words.push((words.at(-1) ?? '').slice(0, Number(shared)) + rest)
  return words
}
