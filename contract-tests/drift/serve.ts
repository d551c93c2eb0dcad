import { startServer } from '../mutants/start-server.ts'

const [, , variant] = process.argv
const { url } = await startServer({ ...(variant !== undefined && { variant }), key: 'special-key' })
process.stdout.write(`${url}\n`)
