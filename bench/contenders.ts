import { readFileSync } from 'node:fs'
import { pathOf } from '../src/openapi/package-files.ts'
import type { Contender } from './contender.ts'

/** The command as it is published, with both validations on and so many pets. */
export function ours(name: string, pets: number): Contender {
  const { bin } = JSON.parse(readFileSync(pathOf('package.json'), 'utf8')) as { bin: Record<string, string> }
  const command = pathOf(bin['inboxes-mock'] ?? '')
  return {
    name,
    basePath: '/v2',
    argv: (port) => [command, '--port', String(port), '--pets', String(pets), '--quiet'],
  }
}

/** Servers that only send the answers of the file. */
export function bareServers(answersFile: string): { readonly http: Contender; readonly express: Contender } {
  const bare = (name: string, script: string): Contender => ({
    name,
    basePath: '/v2',
    argv: (port) => [pathOf(`bench/servers/${script}`), String(port), answersFile],
  })
  return {
    http: bare('bare node:http', 'bare-http.cjs'),
    express: bare('bare express', 'bare-express.cjs'),
  }
}
