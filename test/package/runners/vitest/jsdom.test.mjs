// @vitest-environment jsdom
import { useMock } from 'inboxes-mock/testing/vitest'
import { test } from 'vitest'
import clients from '../clients.cjs'
import guarantees from '../guarantees.cjs'

const { byNode, byXmlHttpRequest } = clients
const mock = useMock()
guarantees.defineTests({ 'XMLHttpRequest in jsdom': byXmlHttpRequest, 'node:http in jsdom': byNode }, (title, work) =>
  test(title, () => work(mock.url, mock.session)),
)
