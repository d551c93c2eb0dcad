import got from 'got'
import { useMock } from 'inboxes-mock/testing/vitest'
import { test } from 'vitest'
import clients from '../clients.cjs'
import guarantees from '../guarantees.cjs'

const { byAxios, byFetch, byGot, byNode, byUndici } = clients
const mock = useMock()
guarantees.defineTests(
  { fetch: byFetch, axios: byAxios, got: byGot(got), undici: byUndici, 'node:http': byNode },
  (title, work) => test(title, () => work(mock.url, mock.session)),
)
