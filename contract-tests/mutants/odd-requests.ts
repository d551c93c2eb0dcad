import { type Incoming, XML_TYPE } from './server/handling.ts'
import { OPERATIONS } from './server/operations.ts'

const BODIES = [
  ...['', '{', 'null', '7', '[]', '[null]', '{}', '[{"username":1}]', '[{"username":"a"},7]'],
  ...['{"id":{},"name":1,"tags":null,"username":[]}', '{"id":1,"name":"a","photoUrls":[],"tags":[7],"category":null}'],
  ...['<Pet>', '<Pet/>', '<Pet><id>1</id><name/><tags/><tags/></Pet>', '<other/>', '%', '=', 'status=lost&name'],
]
const PARAMETERS = ['0', '-1', '1', 'abc', '%E0', '%20', '9007199254740993', 'user1']
const QUERIES = ['', 'status=', 'tags=,', 'status=lost,sold', 'username=&password=', '%', 'status=sold&status=sold']

const request = (method: string, path: string, change: Partial<Incoming> = {}): Incoming => ({
  method,
  path,
  query: '',
  headers: { api_key: 'special-key' },
  body: Buffer.alloc(0),
  ...change,
})

const bodied = OPERATIONS.flatMap(({ method, path, body }) =>
  [...(body?.types ?? []), ''].flatMap((type) =>
    BODIES.map((text) =>
      request(method, path.replace(/\{\w+\}/, '1'), {
        headers: { api_key: 'special-key', 'content-type': type },
        body: Buffer.from(text),
      }),
    ),
  ),
)

const addressed = OPERATIONS.flatMap(({ method, path }) =>
  PARAMETERS.flatMap((parameter) =>
    [XML_TYPE, ''].map((accept) =>
      request(method, path.replace(/\{\w+\}/, parameter), { headers: { api_key: 'special-key', accept } }),
    ),
  ),
)

const queried = OPERATIONS.flatMap(({ method, path }) => QUERIES.map((query) => request(method, path, { query })))

const others = ['PATCH', 'OPTIONS', 'HEAD', 'DELETE'].flatMap((method) =>
  OPERATIONS.flatMap(({ path }) => [request(method, path), request(method, path, { headers: {} })]),
)

/** Requests that no well-behaved client sends: every operation with bodies, ids and queries that it does not expect. */
export const ODD_REQUESTS: readonly Incoming[] = [...bodied, ...queried, ...others, ...addressed]
