import axios from 'axios'
import got from 'got'
import { useMock } from 'inboxes-mock/testing/vitest'
import undici from 'undici'
import { test } from 'vitest'
import clients from '../clients.cjs'
import guarantees from '../guarantees.cjs'

const { byAxios, byFetch, byGot, byNode, byUndici } = clients
guarantees.defineConcurrentTests(
  { fetch: byFetch, axios: byAxios(axios), got: byGot(got), undici: byUndici(undici), 'node:http': byNode },
  test.concurrent,
  useMock(),
)
