const { request } = require('node:http')

const headers = { api_key: 'special-key' }

const byFetch = async (url, method) => (await fetch(url, { method, headers })).status

/** The clients that are packages are passed in: test runners load modules in ways of their own. */
const byAxios = (axios) => async (url, method) =>
  (await axios.request({ url, method, headers, validateStatus: () => true })).status

const byNode = (url, method) =>
  new Promise((resolve, reject) => {
    const sent = request(url, { method, headers }, (reply) => reply.resume().on('end', () => resolve(reply.statusCode)))
    sent.on('error', reject).end()
  })

const byUndici = (undici) => async (url, method) => {
  const { statusCode, body } = await undici.request(url, { method, headers })
  await body.dump()
  return statusCode
}

const byGot = (got) => async (url, method) =>
  (await got(url, { method, headers, throwHttpErrors: false, retry: { limit: 0 } })).statusCode

const byXmlHttpRequest = (url, method) =>
  new Promise((resolve, reject) => {
    const sent = new XMLHttpRequest()
    sent.open(method, url)
    sent.setRequestHeader('api_key', headers.api_key)
    sent.onload = () => resolve(sent.status)
    sent.onerror = () => reject(new Error('XMLHttpRequest failed'))
    sent.send()
  })

module.exports = { byFetch, byAxios, byGot, byNode, byUndici, byXmlHttpRequest }
