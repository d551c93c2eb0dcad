import { loadDocument } from '../openapi/load-document.ts'
import { pathOf } from '../openapi/package-files.ts'
import type { Expectation, Interaction } from './interaction.ts'

interface Parts {
  readonly operationId: string
  readonly method?: string
  readonly path: string
  readonly status: number
  readonly value?: unknown
  readonly expectation?: Expectation
}

/** An interaction with a server that answers in JSON. */
export function interactionOf(parts: Parts): Interaction {
  const { operationId, method = 'GET', path, status, value, expectation = 'success' } = parts
  const { operations } = loadDocument(pathOf('openapi.yaml'))
  return {
    request: { method, path, headers: {} },
    answer: { status, headers: { 'content-type': 'application/json' }, bytes: Buffer.alloc(0) },
    failure: '',
    ms: 0,
    operation: operations.find(({ id }) => id === operationId),
    expectation,
    about: `valid ${operationId}`,
    gives: [],
    value,
    problems: [],
    bodyBreaches: undefined,
    headerBreaches: {},
  }
}
