import { schemaOf } from '../../http/answers/published.ts'
import { isObject } from '../../openapi/json-object.ts'
import type { Operation } from '../../openapi/operation.ts'
import type { Schema } from '../../openapi/schema.ts'
import { validValue } from '../../openapi/valid-value.ts'
import { JSON_TYPE } from '../cases/encode-body.ts'
import { absentPath, missingId, type PlannedRequest, toSending, validRequest } from '../cases/valid-request.ts'
import { NAMELESS } from '../cleanup-log.ts'
import type { Run } from '../run.ts'
import { readingOf, recordOf } from './records.ts'
import type { Plain } from './variation.ts'

/** The names of records that requests may be about, by the parameters of paths. A write needs one that the mode may write to. */
export interface Names {
  readonly readable: Readonly<Record<string, string | undefined>>
  readonly writable: Readonly<Record<string, string | undefined>>
  /** The password of the user that is writable. */
  readonly password: string
}

/** Plans the valid request to an operation. `turn` makes its texts, and the names of new records, differ from all others. */
export type PlainRequests = (operation: Operation, turn: string, type?: string) => Plain

/** Plans valid requests from the document: paths and bodies name records that are there, or nobody's. */
export function createPlainRequests(run: Run, { readable, writable, password }: Names): PlainRequests {
  const source = (turn: string) => ({ ...run, prefix: `${run.prefix}${turn}`, trusted: new Set<Schema>() })
  return (operation, turn, type) => {
    const names = operation.method === 'GET' ? readable : writable
    const planned = validRequest(source(turn), operation, type)
    const path = pathOf(operation, names)
    const body = planned.body && fitted(run, operation, validValue(source(turn), planned.body.schema), names)
    const request: PlannedRequest = {
      ...planned,
      path: path ?? absentPath(run, operation),
      query: withLogin(planned.query, {
        username: writable.username,
        ...(writable.username !== undefined && { password }),
      }),
      body: planned.body && { ...planned.body, value: body },
    }
    const accept = operation.method === 'GET' ? { accept: JSON_TYPE } : {}
    const isThere = path !== undefined && namesOwn(operation, names) && mayCreate(run, operation)
    return { operation, sending: { ...toSending(request), ...accept }, key: run.key, isThere, record: body }
  }
}

function pathOf({ parameters }: Operation, names: Names['readable']): Record<string, string> | undefined {
  const inPath = parameters.filter((parameter) => parameter.in === 'path')
  const entries = inPath.map(({ name }) => [name, names[name]] as const)
  if (entries.some(([, value]) => value === undefined)) return undefined
  return Object.fromEntries(entries.map(([name, value]) => [name, String(value)]))
}

/** A record of a body that names itself, as that of PUT /domain, must be there too. A new one need not. */
const namesOwn = (operation: Operation, names: Names['writable']) => {
  const row = recordOf(operation)
  return operation.method !== 'PUT' || row === undefined || names[row.parameter] !== undefined
}

/** A record that the API cannot remove is created in full mode only; an order can be removed if its id is an integer. */
const mayCreate = ({ mode, allowLeftovers }: Run, operation: Operation) =>
  mode === 'full' || !NAMELESS.includes(operation.id) || (allowLeftovers && recordOf(operation) !== undefined)

const withLogin = (query: PlannedRequest['query'], login: Readonly<Record<string, string | undefined>>) =>
  Object.fromEntries(Object.entries(query).map(([name, text]) => [name, login[name] ?? text]))

/** The body about the record that is meant. Each field has a value that the schema of the record allows. */
function fitted(run: Run, operation: Operation, value: unknown, names: Names['writable']): unknown {
  if (Array.isArray(value)) return value.map((item) => fitted(run, operation, item, names))
  if (!isObject(value)) return value
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, field]) => {
      const fit = fitField(run, operation, name, field, names)
      return fit === undefined ? [] : [[name, fit]]
    }),
  )
}

const PHONE = '+1 555 0100'

function fitField(run: Run, operation: Operation, name: string, field: unknown, names: Names['writable']): unknown {
  const row = recordOf(operation)
  if (name === 'phone') return PHONE
  if (row === undefined || row.kind === 'order' || row.kind === 'domain')
    return name === 'id' ? undefined : name === 'name' ? domainName(run, operation, String(field)) : field
  if (row.kind === 'user' && name === 'id') return undefined
  if (row.field === name && operation.method === 'PUT') return ownName(run, row.kind, names[row.parameter])
  const allowed = run.document.schemas[row.schema]?.properties[name]?.enum
  return allowed?.[0] ?? field
}

const ownName = (run: Run, kind: string, name: string | undefined) =>
  kind === 'pet' ? Number(name ?? missingId(run.seed)) : name

/** Without leave to leave records behind, a domain or an order has no valid name, but one that still tells whose it is. */
const domainName = (run: Run, operation: Operation, text: string): string | readonly string[] =>
  mayCreate(run, operation) ? `${text.toLowerCase()}.example` : [text.toLowerCase()]

/** The part of what was sent that a reading of the record must show. Its path has its name, which it need not repeat. */
export function shownOf(run: Run, { operation, record }: Plain): Readonly<Record<string, unknown>> | undefined {
  const row = recordOf(operation)
  const reading = row && readingOf(run.document, row)
  const [sent] = [record].flat()
  if (!reading || !isObject(sent)) return undefined
  const shown = schemaOf(reading, JSON_TYPE)?.properties ?? {}
  const isMeant = (name: string) => name !== 'password' && name !== row.field && Object.hasOwn(shown, name)
  const fields = Object.entries(sent).filter(([name]) => isMeant(name))
  return fields.length > 0 ? Object.fromEntries(fields) : undefined
}
