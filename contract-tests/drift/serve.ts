import { startServer } from '../mutants/start-server.ts'

const { url } = await startServer({ variant: process.argv[2] ?? '', key: 'special-key' })
process.stdout.write(`${url}\n`)
