const JSON_TYPE = 'application/json'
const XML_TYPE = 'application/xml'
const FORM_TYPE = 'application/x-www-form-urlencoded'
const MULTIPART_TYPE = 'multipart/form-data; boundary=b'

/** A request that is meant to hurt. `make` gives its hostile part, of about so many characters. */
export interface Hostile {
  readonly name: string
  readonly method: string
  readonly path: string
  readonly type?: string
  /** The header that the hostile part goes to; a body where absent, and the target for `target`. */
  readonly header?: string
  readonly make: (size: number) => string
}

const fill = (unit: string, size: number) => unit.repeat(Math.max(1, Math.floor(size / unit.length)))

/** Different pieces, joined. */
function pieces(make: (index: number) => string, size: number, between: string): string {
  const list: string[] = []
  for (let index = 0, length = 0; length < size; index++) {
    const piece = make(index)
    list.push(piece)
    length += piece.length + between.length
  }
  return list.join(between)
}

const around =
  (start: string, unit: string, end: string): Hostile['make'] =>
  (size) =>
    start + fill(unit, size) + end

const listOf =
  (start: string, make: (index: number) => string, end: string, between = ','): Hostile['make'] =>
  (size) =>
    start + pieces(make, size, between) + end

const json = (name: string, method: string, path: string, make: Hostile['make']): Hostile => ({
  name,
  method,
  path,
  type: JSON_TYPE,
  make,
})
const users = (name: string, make: Hostile['make']) => json(name, 'POST', '/v2/user/createWithList', make)
const pet = (name: string, make: Hostile['make']) => json(name, 'PUT', '/v2/domain', make)
const PET = '{"id":1,"name":"a"'

const xml = (name: string, make: Hostile['make']): Hostile => ({
  name: `XML: ${name}`,
  method: 'PUT',
  path: '/v2/domain',
  type: XML_TYPE,
  make,
})
const form = (name: string, make: Hostile['make']): Hostile => ({
  name: `form: ${name}`,
  method: 'POST',
  path: '/v2/pet/1',
  type: FORM_TYPE,
  make,
})
const multipart = (name: string, make: Hostile['make']): Hostile => ({
  name: `multipart: ${name}`,
  method: 'POST',
  path: '/v2/pet/1/uploadImage',
  type: MULTIPART_TYPE,
  make,
})
const DISPOSITION = 'Content-Disposition: form-data; name='

/** Bodies that fill a memory or a processor, by media type. Each may have 10 MB. */
export const BODIES: readonly Hostile[] = [
  users('JSON: empty objects', around('[', '{},', '{}]')),
  users('JSON: empty lists', around('[', '[],', '[]]')),
  users('JSON: small numbers', around('[', '1,', '1]')),
  users('JSON: numbers with exponents', around('[', '1e5,', '1]')),
  users('JSON: long numbers', around('[', '99999999999999999,', '1]')),
  users('JSON: one number', around('[', '9', ']')),
  users(
    'JSON: valid users',
    listOf('[', (index) => `{"username":"n${index}"}`, ']'),
  ),
  users('JSON: wrong users', around('[', '{"username":1},', '1]')),
  users('JSON: broken at its end', around('[', '1,', 'x')),
  users('JSON: line breaks', around('[', '\n', 'x')),
  users('JSON: blanks', around('', ' ', '')),
  users('JSON: an endless text', around('["', '\\"', '')),
  users('JSON: lists in lists', around('', '[', '')),
  users('JSON: objects in objects', around('', '{"a":', '')),
  users('JSON: the same name', around('[{', '"username":"a",', '"id":1}]')),
  json(
    'JSON: unknown names',
    'POST',
    '/v2/user',
    listOf('{"username":"n",', (index) => `"k${index}":1`, '}'),
  ),
  json(
    'JSON: unknown names, and one missing',
    'POST',
    '/v2/user',
    listOf('{', (index) => `"k${index}":1`, '}'),
  ),
  pet('JSON: texts of a list', around(`${PET},"photoUrls":[`, '"a",', '"a"]}')),
  pet(
    'JSON: records of a list',
    listOf(`${PET},"photoUrls":[],"tags":[`, (index) => `{"id":${index}}`, ']}'),
  ),
  pet('JSON: a long text', around('{"id":1,"photoUrls":[],"name":"', 'a', '"}')),
  pet('JSON: a long text for a number', around('{"photoUrls":[],"name":"a","id":"', '9', '"}')),
  pet('JSON: a long text for an enum', around(`${PET},"photoUrls":[],"status":"`, 'a', '"}')),
  xml('unknown elements', around('<Pet>', '<a/>', '</Pet>')),
  xml('nested elements', around('<Pet>', '<a><b/></a>', '</Pet>')),
  xml('elements in elements', around('', '<a>', '')),
  xml('repeated elements', around('<Pet><id>1</id><name>a</name>', '<photoUrls>a</photoUrls>', '</Pet>')),
  xml('wrong elements', around('<Pet><id>1</id><name>a</name>', '<tags>a</tags>', '</Pet>')),
  xml(
    'attributes',
    listOf('<Pet ', (index) => `a${index}="1"`, '/>', ' '),
  ),
  xml('one attribute', around('<Pet a="', 'b', '"/>')),
  xml('entities', around('<Pet><id>1</id><name>', '&amp;', '</name></Pet>')),
  xml('unknown entities', around('<Pet><id>1</id><name>', '&a;', '</name></Pet>')),
  xml('character references', around('<Pet><id>1</id><name>', '&#65;', '</name></Pet>')),
  xml('a doctype with entities', around('<!DOCTYPE a [', '<!ENTITY a "aaaa">', ']><Pet/>')),
  xml(
    'namespaces',
    listOf('<Pet>', (index) => `<a xmlns:n${index}="u"/>`, '</Pet>', ''),
  ),
  xml('a comment', around('<Pet><!--', 'a', '--></Pet>')),
  xml('text', around('<Pet><id>1</id><name>', 'a', '</name></Pet>')),
  xml('sections', around('<Pet><id>1</id><name>', '<![CDATA[a]]>', '</name></Pet>')),
  xml('instructions', around('<Pet>', '<?a b?>', '</Pet>')),
  xml('blanks in a tag', around('<Pet', ' ', '')),
  form(
    'unknown fields',
    listOf('', (index) => `a${index}=1`, '', '&'),
  ),
  form('a repeated field', around('', 'name=a&', '')),
  form('separators', around('', '&', '')),
  form('escapes', around('name=', '%41', '')),
  form('broken escapes', around('name=', '%', '')),
  form('blanks', around('name=', '+', '')),
  form('equals signs', around('name', '=', '')),
  multipart('parts', around('', `--b\r\n${DISPOSITION}"a"\r\n\r\n\r\n`, '--b--')),
  multipart('delimiters', around('', '\r\n--b', '--')),
  multipart('line breaks', around('', '\r', '')),
  multipart('the start of a delimiter', around('', '\r\n-', '')),
  multipart('a file', around(`--b\r\n${DISPOSITION}"file"; filename="a"\r\n\r\n`, 'a', '\r\n--b--')),
  multipart('a text', around(`--b\r\n${DISPOSITION}"additionalMetadata"\r\n\r\n`, 'a', '\r\n--b--')),
  multipart('a name', around(`--b\r\n${DISPOSITION}"`, 'a', '"\r\n\r\n\r\n--b--')),
  multipart('headers', around('--b\r\n', 'A: b\r\n', '\r\n\r\n--b--')),
  json('state: records', 'PUT', '/__admin/state', listOf('{"pets":[', petOf, ']}')),
  json('state: wrong records', 'PUT', '/__admin/state', around('{"users":[', '{"username":1},', '{}]}')),
  json('state: the same key', 'PUT', '/__admin/state', around('{"users":[', '{"username":"a"},', '{"username":"a"}]}')),
  json(
    'fault: a wide match',
    'POST',
    '/__admin/faults',
    listOf('{"match":{"query":{', (i) => `"k${i}":"1"`, '}},"steps":[]}'),
  ),
  json('verify: an order', 'POST', '/__admin/requests/verify', around('{"inOrder":[', '{"method":"GET"},', '{}]}')),
]

function petOf(index: number): string {
  return `{"id":${index},"name":"n","photoUrls":[]}`
}

const inTarget = (name: string, path: string, make: Hostile['make']): Hostile => ({
  name: `target: ${name}`,
  method: 'GET',
  path,
  header: 'target',
  make,
})
const inHeader = (header: string, name: string, make: Hostile['make'], path = '/v2/pet/1'): Hostile => ({
  name: `${header}: ${name}`,
  method: 'GET',
  path,
  header,
  make,
})

/** Heads of requests. A socket bounds them, `fetch` does not. */
export const HEADS: readonly Hostile[] = [
  inTarget('a long id', '/v2/pet/', around('', '1', '')),
  inTarget('segments', '/v2/pet', around('', '/a', '')),
  inTarget('an unknown path', '/v3/', around('', 'a', '')),
  inTarget('slashes of a login', '/v2/user/login', around('', '/', 'x')),
  inTarget('a session', '/s/', around('', 'a', '/v2/pet/1')),
  inTarget(
    'unknown parameters',
    '/v2/pet/findByStatus?',
    listOf('', (index) => `a${index}=1`, '&status=sold', '&'),
  ),
  inTarget('values', '/v2/pet/findByStatus?status=', around('', 'gone,', 'sold')),
  inTarget('a repeated parameter', '/v2/pet/findByTags?', around('', 'tags=a&', 'tags=b')),
  inTarget('broken escapes', '/v2/pet/findByTags?', around('', 'tags=%&', 'tags=b')),
  inTarget('a password', '/v2/user/login?username=a&password=', around('', 'a', '')),
  inHeader('accept', 'entries', around('', 'a/b,', 'application/json')),
  inHeader('accept', 'parameters', around('a/b', ';c=d', ',application/json')),
  inHeader('accept', 'blanks', around('a', ' ', 'b')),
  inHeader('cookie', 'pairs', around('', 'a=b; ', 'x-mock-session=c')),
  inHeader('cookie', 'equals signs', around('a', '=', '')),
  inHeader('prefer', 'preferences', around('', 'a=b, ', 'wait=0')),
  inHeader('prefer', 'separators', around('a', ';', 'b')),
  inHeader('prefer', 'blanks', around('a;', ' ', 'b,')),
  inHeader('prefer', 'quotes', around('a="', '\\"', '')),
  inHeader('authorization', 'blanks', around('Bearer', ' ', ''), '/__admin/sessions'),
  inHeader('x-mock-session', 'a long id', around('', 'a', '')),
  inHeader('content-type', 'parameters', around('application/json', ';a=b', '')),
  inHeader('content-encoding', 'codings', around('', 'gzip,', 'br')),
]
