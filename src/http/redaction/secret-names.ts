/** Parts that make a name a secret's wherever they stand in it; separators and letter case are taken out before. */
const STEMS =
  /passw|passphrase|passcode|secret|token|credential|cookie|authoriz|authoris|authentication|signature|bearer|jwt|csrf|xsrf|sessionid|sessid|(?:api|access|private|auth|account|admin|app|client|deploy|encryption|functions?|hmac|licen[cs]e|master|service|session|shared|signing|ssh|storage|subscription|user)keys?/

/** Words that are a secret's name alone, and too short to be looked for inside others. */
const WORDS = new Set(['auth', 'mfa', 'otp', 'pass', 'pin', 'pw', 'pwd', 'sid', 'sig', 'totp'])

/** Cheap pre-check for them and for keys. */
const SHORT = /auth|key|mfa|otp|pass|pin|pw|sid|sig/i

/** A key is a secret but for these kinds of it. */
const PUBLIC_KEYS = new Set([
  'cache',
  'foreign',
  'idempotency',
  'partition',
  'primary',
  'public',
  'routing',
  'socket',
  'sort',
  'websocket',
])

const ROUNDS = 3

/**
 * True if a value of this name is a secret: one rule for headers, queries, cookies, fields and elements. Percent-encoding,
 * separators and letter case make no difference: `X-Api-Key`, `apiKey`, `api.key` and `api%5Fkey` are the same name.
 */
export function isSecretName(name: string): boolean {
  const plain = decode(name)
  return STEMS.test(lettersOf(plain, /[^a-z0-9]+/g)) || (SHORT.test(plain) && wordsOf(plain).some(isSecretWord))
}

/** True if a text has a secret's name in it. Two words of a sentence are not read as one. */
export const mentionsSecret = (text: string): boolean => STEMS.test(lettersOf(text, /[^a-z0-9\s]+/g))

/** Only other letters than those of ASCII need to be normalized, and most names have none. */
const lettersOf = (text: string, separators: RegExp) =>
  (ASCII.test(text) ? text : text.normalize('NFKC')).toLowerCase().replace(separators, '')

const ASCII = /^[ -~]*$/

function isSecretWord(word: string, index: number, words: readonly string[]): boolean {
  const isLast = index === words.length - 1
  if (isLast && (word === 'key' || word === 'keys')) return !PUBLIC_KEYS.has(words[index - 1] ?? '')
  return WORDS.has(word)
}

/** The words of a name in lower case: `userPin`, `user_pin` and `user[pin]` have two. */
const wordsOf = (name: string) =>
  name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter((word) => word !== '')

/** The text without percent-encoding, also if it was encoded more than once; as it is if that is broken. */
export function decode(text: string): string {
  let plain = text
  for (let round = 0; round < ROUNDS && plain.includes('%'); round++) {
    try {
      plain = decodeURIComponent(plain)
    } catch {
      return plain
    }
  }
  return plain
}
