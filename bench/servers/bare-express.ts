import express from 'express'
import { readArguments } from './answers.ts'

/** Express as it comes: three routes, no validation, no state. */
const { port, answers } = readArguments()
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
app.listen(port, '127.0.0.1')
