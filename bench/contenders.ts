import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import type { Contender } from './contender.ts'

const root = fileURLToPath(new URL('../..', import.meta.url))
const here = (path: string) => fileURLToPath(new URL(path, import.meta.url))

/** The command as it is published, with both validations on and so many pets. */
export function ours(name: string, pets: number): Contender {
  const { bin } = JSON.parse(readFileSync(`${root}package.json`, 'utf8')) as { bin: Record<string, string> }
  const command = `${root}${bin['inboxes-mock']}`
  return {
    name,
    basePath: '/v2',
    argv: (port) => [command, '--port', String(port), '--pets', String(pets), '--quiet'],
  }
}

/** Servers that do nothing but answer what is in the file. */
export function bareServers(answersFile: string): { readonly http: Contender; readonly express: Contender } {
  const bare = (name: string, script: string): Contender => ({
    name,
    basePath: '/v2',
    argv: (port) => [here(script), String(port), answersFile],
  })
  return {
    http: bare('bare node:http', 'servers/bare-http.js'),
    express: bare('bare express', 'servers/bare-express.js'),
  }
}
