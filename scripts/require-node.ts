import { readFileSync } from 'node:fs'
import { pathOf } from '../src/openapi/package-files.ts'

/** The oldest Node that the package runs on, as `[major, minor]`. */
const [MAJOR = '', MINOR = ''] = readEngine().split('.')

function readEngine(): string {
  const { engines } = JSON.parse(readFileSync(pathOf('package.json'), 'utf8')) as { engines: { node: string } }
  return engines.node.replace('>=', '')
}

/**
 * Code that each bundle begins with: a Node that is too old gets one sentence, not an error about what it lacks. Node 6 can
 * read it. `statement` is what happens then; `message` has the sentence.
 */
export const requireNodeOr = (statement: string): string =>
  `(function (version) {
  var parts = version.split('.'), major = Number(parts[0])
  if (major > ${MAJOR} || (major === ${MAJOR} && Number(parts[1]) >= ${MINOR})) return
  var message = 'inboxes-mock needs Node ${MAJOR}.${MINOR} or later, and this is Node ' + version + ': install a newer one (https://nodejs.org).'
  ${statement}
})(process.versions.node)`

export const REQUIRE_NODE = requireNodeOr('throw new Error(message)')
