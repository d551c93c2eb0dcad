import { createServer, type ServerResponse } from 'node:http'
import { readArguments } from './answers.ts'

/** Node's server with nothing on top: the least that an answer in JSON can cost. */
const { port, answers } = readArguments()

function sendJson(res: ServerResponse, value: unknown): void {
  const body = Buffer.from(JSON.stringify(value))
  res.writeHead(200, { 'Content-Type': 'application/json; charset=utf-8', 'Content-Length': body.length })
  res.end(body)
}

createServer((req, res) => {
  if (req.method === 'GET') return sendJson(res, req.url?.startsWith('/v2/pet/find') ? answers.pets : answers.pet)
  const chunks: Buffer[] = []
  req.on('data', (chunk: Buffer) => chunks.push(chunk))
  req.on('end', () => {
    JSON.parse(Buffer.concat(chunks).toString())
    res.writeHead(200, { 'Content-Length': 0 }).end()
  })
}).listen(port, '127.0.0.1')
