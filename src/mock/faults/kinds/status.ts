import type { Operation } from '../../../openapi/operation.ts'
import type { MockResponse } from '../../exchange/response.ts'
import { documentedRefusals } from '../documented.ts'
import type { StatusStep } from '../fault.ts'
import type { FaultKind, Invalid } from '../kind.ts'
import { refuseDocumented } from '../refuse-documented.ts'

/** A refusal in place of what the operation would do. */
export const status: FaultKind<StatusStep> = {
  required: ['status'],
  optional: ['detail', 'retryAfter', 'undocumented', 'body', 'contentType'],
  check: (step, operations, invalid) => {
    if (step.undocumented) requireBare(step, invalid)
    else requireDocumented(step, operations, invalid)
  },
  start: (step) => (operation) => {
    if (step.undocumented) return { response: responseOf(step) }
    const headers = step.retryAfter === undefined ? {} : { 'Retry-After': String(step.retryAfter) }
    const refusal = refuseDocumented(operation, step.status, step.detail ?? DETAIL, headers)
    return refusal ? { refusal } : {}
  },
}

const DETAIL = 'A fault that was asked for stands in the way. Ask again, or remove the fault.'

function requireDocumented(step: StatusStep, operations: readonly Operation[], invalid: Invalid): void {
  for (const field of ['body', 'contentType'] as const)
    if (step[field] !== undefined) throw invalid(field, 'given with undocumented: true only')
  for (const operation of operations) {
    const documented = documentedRefusals(operation)
    if (!documented.includes(step.status))
      throw invalid('status', `a refusal that ${operation.id} documents (${documented.join(', ')}), or undocumented`)
  }
}

/** Node refuses to send what is no final status. */
function requireBare({ status: code, contentType, ...step }: StatusStep, invalid: Invalid): void {
  if (code < 200 || code > 599) throw invalid('status', 'from 200 to 599')
  for (const field of ['detail', 'retryAfter'] as const)
    if (step[field] !== undefined) throw invalid(field, 'given with a documented status only')
  if (contentType !== undefined && !/^[\x20-\x7e]+$/.test(contentType))
    throw invalid('contentType', 'a media type in printable ASCII')
}

function responseOf({ status: code, body, contentType }: StatusStep): MockResponse {
  if (body === undefined) return { status: code, headers: contentType ? { 'Content-Type': contentType } : {} }
  const isText = typeof body === 'string'
  const type = contentType ?? (isText ? 'text/plain' : 'application/json')
  return { status: code, headers: { 'Content-Type': type }, body: isText ? body : JSON.stringify(body) }
}
