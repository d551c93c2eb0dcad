/** @jest-environment jsdom */
const axios = require('axios')
const { useMock } = require('inboxes-mock/testing/jest')
const { byAxios, byNode, byXmlHttpRequest } = require('../clients.cjs')
const { defineTests } = require('../guarantees.cjs')

const mock = useMock()
defineTests(
  { 'XMLHttpRequest in jsdom': byXmlHttpRequest, 'axios in jsdom': byAxios(axios), 'node:http in jsdom': byNode },
  (title, work) => test(title, () => work(mock.url, mock.session)),
)
