const { readFileSync } = require('node:fs')
const { createServer } = require('node:http')

// Node's server with nothing on top, in CommonJS: the least that an answer in JSON can cost.
const [port, file] = process.argv.slice(2)
const answers = JSON.parse(readFileSync(file, 'utf8'))

function sendJson(res, value) {
  const body = Buffer.from(JSON.stringify(value))
  res.writeHead(200, { 'Content-Type': 'application/json; charset=utf-8', 'Content-Length': body.length })
  res.end(body)
}

createServer((req, res) => {
  if (req.method === 'GET') return sendJson(res, req.url.startsWith('/v2/pet/find') ? answers.pets : answers.pet)
  const chunks = []
  req.on('data', (chunk) => chunks.push(chunk))
  req.on('end', () => {
    JSON.parse(Buffer.concat(chunks).toString())
    res.writeHead(200, { 'Content-Length': 0 }).end()
  })
}).listen(Number(port), '127.0.0.1')
