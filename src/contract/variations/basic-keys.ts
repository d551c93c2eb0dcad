/** Users and passwords of Basic (RFC 7617) that hold the key, by their place in it. */
export const BASIC: Readonly<Record<string, (key: string) => string>> = {
  'as the user of Basic': (key) => base64(`${key}:`),
  'as the password of Basic': (key) => base64(`:${key}`),
  'as Basic with its name': (key) => base64(`api_key:${key}`),
}

const base64 = (text: string) => Buffer.from(text).toString('base64')

/** The forms of the key in Basic, so that no output shows them. */
export const encodedKeys = (key: string): readonly string[] =>
  Object.values(BASIC).flatMap((encode) => [encode(key), encode(key).replaceAll('=', '')])
