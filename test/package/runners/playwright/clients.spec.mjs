import { test as base } from '@playwright/test'
import axios from 'axios'
import got from 'got'
import { withMock } from 'inboxes-mock/testing/playwright'
import undici from 'undici'
import clients from '../clients.cjs'
import guarantees from '../guarantees.cjs'

const { byAxios, byFetch, byGot, byNode, byUndici } = clients
const test = withMock(base)
guarantees.defineTests(
  { fetch: byFetch, axios: byAxios(axios), got: byGot(got), undici: byUndici(undici), 'node:http': byNode },
  (title, work) => test(title, ({ mock }) => work(mock.url, mock)),
)
