import type { Operation } from '../../openapi/operation.ts'
import { undocumentedMethods } from '../cases/undocumented-methods.ts'
import { absentPath } from '../cases/valid-request.ts'
import { NO_KEY } from '../cases/wrong-keys.ts'
import { allow } from '../checks/allow.ts'
import { isSuccess, statusOf } from '../interaction.ts'
import type { Run } from '../run.ts'
import { EVERY_MODE, type Scenario } from './scenario.ts'

const READING = ['GET', 'HEAD']
/** The operation whose place requests to unknown paths take. */
const USUAL = 'getInventory'
const NOWHERE = ['/contract-nowhere', '/pet/1/contract-nowhere/1']

/** Tries each path with the methods that it does not have and with OPTIONS, and paths that do not exist. */
export const methods: Scenario = {
  name: 'methods',
  isThorough: true,
  operations: [],
  modes: EVERY_MODE,
  run: async (run) => {
    for (const path of new Set(run.document.operations.map((operation) => operation.path))) {
      const rows = run.document.operations.filter((operation) => operation.path === path)
      const [first] = rows
      if (!first) continue
      const refused: string[] = []
      const others = methodsOfTemplates(run, path)
      for (const method of allowedMethods(rows, run.mode))
        if (await tryMethod(run, first, rows, method, others)) refused.push(method)
      await tryOptions(run, first, rows, refused)
    }
    const [any] = run.document.operations
    for (const at of any ? NOWHERE : [])
      await run.send(run.document.operations.some(({ id }) => id === USUAL) ? USUAL : (any?.id ?? USUAL), {
        method: 'GET',
        at,
        key: { value: run.key ?? null },
        expect: 'wrong-method',
        about: 'a path that nobody has',
      })
  },
}

const allowedMethods = (rows: readonly Operation[], mode: string) =>
  undocumentedMethods(rows).filter((method) => mode === 'full' || READING.includes(method))

/** Names a missing record, so that a method that works after all does no harm. */
const harmless = (run: Run, operation: Operation) => ({
  path: absentPath(run, operation),
  ...(run.key !== undefined && { key: { value: run.key } }),
})

/** The methods of templates that the path matches too: `/pet/findByStatus` is a `/pet/{petId}` to many routers. */
const methodsOfTemplates = ({ document }: Run, path: string): readonly string[] =>
  document.operations.filter((other) => other.path !== path && matches(other.path, path)).map(({ method }) => method)

function matches(template: string, path: string): boolean {
  const [wanted, segments] = [template.split('/'), path.split('/')]
  return (
    wanted.length === segments.length &&
    wanted.every((segment, index) => segment.startsWith('{') || segment === segments[index])
  )
}

/**
 * Resolves with true if the method was refused by 405. Another operation of the path may give a 405 of its own. A server
 * that refuses HEAD everywhere may name the methods that it has in place of it.
 */
async function tryMethod(
  run: Run,
  first: Operation,
  rows: readonly Operation[],
  method: string,
  others: readonly string[],
): Promise<boolean> {
  const about = `${method} ${first.path}`
  const interaction = await run.send(first.id, { ...harmless(run, first), method, expect: 'wrong-method', about })
  if (statusOf(interaction) !== 405 || others.includes(method) || method === 'HEAD') return false
  run.check(allow, interaction, allow.isTrue(interaction, rows, [method], about))
  return true
}

/**
 * OPTIONS may leave Allow out. If it has one, it must be as true as that of a 405. A browser's
 * preflight, which has no key, may get any answer but a 5XX.
 */
async function tryOptions(
  run: Run,
  first: Operation,
  rows: readonly Operation[],
  refused: readonly string[],
): Promise<void> {
  const about = `OPTIONS ${first.path}`
  const interaction = await run.send(first.id, { ...harmless(run, first), method: 'OPTIONS', expect: 'any', about })
  if (isSuccess(interaction) && interaction.answer?.headers.allow !== undefined)
    run.check(allow, interaction, allow.isTrue(interaction, rows, refused, about))
  const headers = { Origin: 'https://app.example', 'Access-Control-Request-Method': first.method }
  const asking = { ...harmless(run, first), ...NO_KEY, method: 'OPTIONS', headers, expect: 'any' } as const
  await run.send(first.id, { ...asking, about: `a preflight for ${first.method} ${first.path}` })
}
