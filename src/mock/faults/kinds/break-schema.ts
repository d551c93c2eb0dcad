import { readXml } from '../../../openapi/codecs/read-xml.ts'
import { rootNameOf, writeXml } from '../../../openapi/codecs/write-xml.ts'
import { nearest } from '../../../openapi/nearest.ts'
import type { Operation } from '../../../openapi/operation.ts'
import type { Schema } from '../../../openapi/schema.ts'
import type { MockResponse } from '../../exchange/response.ts'
import { BREAK_WAYS, breakerOf, type Medium } from '../break-value.ts'
import { SUCCESS } from '../documented.ts'
import type { BreakSchemaStep, BreakWay } from '../fault.ts'
import type { FaultKind, Invalid } from '../kind.ts'

/** Does what the operation does, and makes the body of its success break the schema in a named way. */
export const breakSchema: FaultKind<BreakSchemaStep> = {
  required: ['way'],
  optional: [],
  check: ({ way }, operations, invalid) => {
    requireWay(way, invalid)
    if (operations.some((operation) => canBreak(operation, way))) return
    const others = BREAK_WAYS.filter((other) => operations.some((operation) => canBreak(operation, other)))
    const ids = operations.map(({ id }) => id).join(', ')
    throw invalid(
      'way',
      others.length > 0
        ? `a way to break the body of ${ids}: ${others.join(', ')}`
        : `for an operation whose 200 has a body: ${ids} has none`,
    )
  },
  start:
    ({ way }) =>
    (operation) => ({ change: (response) => breakBody(operation, response, way) }),
}

function requireWay(way: BreakWay, invalid: Invalid): void {
  if (!BREAK_WAYS.includes(way)) throw invalid('way', `one of ${BREAK_WAYS.join(', ')}`, nearest(way, BREAK_WAYS))
}

/** Whichever media type the client accepts, the break must show. */
function canBreak({ responses }: Operation, way: BreakWay): boolean {
  const content = Object.entries(responses[SUCCESS]?.content ?? {})
  return content.length > 0 && content.every(([type, schema]) => breakerOf(schema, way, mediumOf(type)) !== undefined)
}

const mediumOf = (type: string): Medium => (type === 'application/xml' ? 'xml' : 'json')

/** Refusals are left as they are: they are not of the schema. */
function breakBody({ responses }: Operation, response: MockResponse, way: BreakWay): MockResponse {
  const type = response.headers['Content-Type'] ?? ''
  const schema = responses[SUCCESS]?.content[type]
  if (response.status !== SUCCESS || response.body === undefined || schema === undefined) return response
  const medium = mediumOf(type)
  const spoil = breakerOf(schema, way, medium)
  if (spoil === undefined) return response
  return {
    ...response,
    body: medium === 'xml' ? rewriteXml(response.body, schema, way) : JSON.stringify(spoil(JSON.parse(response.body))),
  }
}

/** Another root is another name in XML; every other break is one of the value. */
function rewriteXml(text: string, schema: Schema, way: BreakWay): string {
  const { value } = readXml(text, schema)
  if (way === 'wrong-root') return writeXml(value, schema, `Not${rootNameOf(schema)}`)
  return writeXml(breakerOf(schema, way, 'xml')?.(value), schema, rootNameOf(schema))
}
