const { readFileSync } = require('node:fs')
const express = require('express')

// Express as it comes, in CommonJS as most servers are: three routes, no validation, no state.
const [port, file] = process.argv.slice(2)
const answers = JSON.parse(readFileSync(file, 'utf8'))
const app = express()
app.get('/v2/pet/findByStatus', (_req, res) => {
  res.json(answers.pets)
})
app.get('/v2/pet/:petId', (_req, res) => {
  res.json(answers.pet)
})
app.post('/v2/user', express.json(), (_req, res) => {
  res.status(200).end()
})
app.listen(Number(port), '127.0.0.1')
