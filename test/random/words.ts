import fc from 'fast-check'

/** Names that every object inherits: a look-up in a plain object finds them although nobody put them there. */
export const INHERITED = Object.getOwnPropertyNames(Object.prototype)

/** A word that a client may put wherever it names something. */
export const word = fc.oneof(
  { weight: 3, arbitrary: fc.constantFrom(...INHERITED) },
  {
    weight: 3,
    arbitrary: fc.constantFrom('user1', 'a', 'tag1', 'sold', '1', 'default', '', ' ', 'é', '\u{1F600}', '\u0000'),
  },
  { weight: 1, arbitrary: fc.string({ maxLength: 12 }) },
)

/** The same, and numbers near the ids of the seed data, as a segment of a path. */
export const segmentWord = fc.oneof(
  { weight: 6, arbitrary: fc.integer({ min: 0, max: 14 }).map(String) },
  { weight: 3, arbitrary: word.filter((text) => text !== '').map(encodeURIComponent) },
  {
    weight: 2,
    arbitrary: fc.constantFrom('domain-1', 'login', 'logout', '%zz', '%00', '%2F', '..', '-1', '1e3', '0x10', '007'),
  },
)

/** Values that a record may have under any name. Some are JSON that no double holds. */
const rawValue = fc.oneof(
  word.map((text) => JSON.stringify(text)),
  fc.constantFrom('1', '0', '-1', '1.5', '9007199254740993', '1e400', 'null', 'true', '[]', '{}', '[[1]]', '""'),
  word.map((name) => `{${JSON.stringify(name)}:9007199254740993}`),
  // String() and Number() of it throw.
  fc.constant('{"toString":1,"valueOf":1}'),
  fc.json({ maxDepth: 2 }),
)

const text = word.map((value) => JSON.stringify(value))
const id = fc.integer({ min: 0, max: 14 }).map(String)
const tag = fc.tuple(id, text).map(([number, name]) => `{"id":${number},"name":${name}}`)
const list = (item: fc.Arbitrary<string>) => fc.array(item, { maxLength: 3 }).map((items) => `[${items}]`)

type Fields = Readonly<Record<string, fc.Arbitrary<string>>>

/** The fields of the documented records, with values that conform. */
export const FIELDS = {
  pet: {
    id,
    name: text,
    photoUrls: list(text),
    category: text.map((name) => `{"name":${name}}`),
    tags: list(tag),
    status: fc.constantFrom('"available"', '"pending"', '"sold"'),
  },
  user: { id, username: text, firstName: text, email: text, password: text, userStatus: id },
  domain: {
    id: fc.oneof(
      text,
      id.map((number) => `"${number}"`),
    ),
    name: text,
    validate: text,
    status: fc.constantFrom('"missing validation"', '"validated"'),
    active: fc.constantFrom('true', 'false'),
  },
} as const satisfies Readonly<Record<string, Fields>>

/** A record in JSON: most fields as documented, some left out, some of another type, some under foreign names. */
export function record(fields: Fields): fc.Arbitrary<string> {
  const known = Object.entries(fields).map(([name, value]) =>
    fc.oneof(
      { weight: 24, arbitrary: value.map((raw) => `${JSON.stringify(name)}:${raw}`) },
      { weight: 3, arbitrary: fc.constant(undefined) },
      { weight: 1, arbitrary: rawValue.map((raw) => `${JSON.stringify(name)}:${raw}`) },
    ),
  )
  const foreign = fc.array(
    fc.tuple(word, rawValue).map(([name, raw]) => `${JSON.stringify(name)}:${raw}`),
    { maxLength: 1 },
  )
  return fc.tuple(fc.tuple(...known), foreign).map(([members, others]) => {
    const all = [...members, ...others].filter((member) => member !== undefined)
    return `{${all}}`
  })
}

/** The elements of a pet, foreign ones among them. */
export const petXml = fc
  .array(
    fc.tuple(
      fc.oneof(
        { weight: 4, arbitrary: fc.constantFrom(...Object.keys(FIELDS.pet)) },
        { weight: 1, arbitrary: fc.constantFrom(...INHERITED) },
      ),
      fc.constantFrom(
        '1',
        'a',
        'sold',
        '&lt;',
        '<![CDATA[<]]>',
        '<name>a</name>',
        '<id>3</id><name>t</name>',
        '',
        '9007199254740993',
        '&#x0;',
        '&c;',
      ),
    ),
    { maxLength: 6 },
  )
  .map(
    (elements) =>
      `<Pet><id>3</id><name>n</name>${elements.map(([name, content]) => `<${name}>${content}</${name}>`).join('')}</Pet>`,
  )

const FIELD_NAMES = ['name', 'status', 'additionalMetadata', 'file', ...INHERITED]

/** A form of documented and foreign fields. */
export const form = fc
  .array(fc.tuple(fc.constantFrom(...FIELD_NAMES), word), { maxLength: 4 })
  .map((pairs) => pairs.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&'))

/** A body of multipart/form-data with the boundary b. */
export const multipart = fc
  .array(
    fc.tuple(
      fc.constantFrom(...FIELD_NAMES, 'file', 'file'),
      fc.constantFrom('', '; filename="a.png"', '; filename="__proto__"'),
      word,
    ),
    {
      maxLength: 4,
    },
  )
  .map(
    (parts) =>
      `${parts.map(([name, file, content]) => `--b\r\nContent-Disposition: form-data; name="${name}"${file}\r\n\r\n${content}\r\n`).join('')}--b--\r\n`,
  )
