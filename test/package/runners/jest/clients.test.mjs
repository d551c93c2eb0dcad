import { test } from '@jest/globals'
import axios from 'axios'
import got from 'got'
import { useMock } from 'inboxes-mock/testing/jest'
import undici from 'undici'
import clients from '../clients.cjs'
import guarantees from '../guarantees.cjs'

const { byAxios, byFetch, byGot, byNode, byUndici } = clients
const mock = useMock()
guarantees.defineTests(
  { fetch: byFetch, axios: byAxios(axios), got: byGot(got), undici: byUndici(undici), 'node:http': byNode },
  (title, work) => test(title, () => work(mock.url, mock.session)),
)
