// Serves the document, in JSON, with @scalar/mock-server: `node scalar.mjs DOCUMENT PORT`. Packages are found beside this file.
import { readFileSync } from 'node:fs'
import { serve } from '@hono/node-server'
import { createMockServer } from '@scalar/mock-server'

const [, , document, port] = process.argv
const app = await createMockServer({ document: JSON.parse(readFileSync(document, 'utf8')) })
serve({ fetch: app.fetch, port: Number(port), hostname: '127.0.0.1' })
