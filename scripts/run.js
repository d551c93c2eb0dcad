import { pathToFileURL } from 'node:url'
import { compile } from './compile.js'

// Runs a TypeScript file of this repository on every Node: `node scripts/run.js FILE [ARGUMENTS]`.
const [node, , file, ...args] = process.argv
process.argv = [node, await compile(file), ...args]
process.setSourceMapsEnabled(true)
await import(pathToFileURL(process.argv[1]).href)
