import type { Request, RequestHandler, Response } from 'express'
import type { DocumentContent } from '../document.ts'
import { FORMATS } from '../formats.ts'
import type { Operation } from '../operation.ts'
import { loadPackage } from '../package-files.ts'
import { bounded } from '../violation-limit.ts'
import { boundErrorsOfAjv } from './ajv-factory.ts'
import type { RawViolation, RequestValues, Validator } from './validator.ts'

type Metadata = Record<string, unknown>

/**
 * Hands requests and replies to the validator's own middleware as plain values. So a body that came as XML or as a form
 * is validated like JSON, and the validator's look-up of routes runs once for each operation instead of once a request.
 */
export function createValidator(
  document: DocumentContent,
  { allErrors = false }: ReplyOptions = {},
  { middleware } = loadExpressValidator(),
): Validator {
  const steps = installSteps(document, allErrors, middleware)
  const known = new Map<string, Promise<Metadata>>()
  const metadataOf = (operation: Operation) => {
    const found = known.get(operation.id) ?? readMetadata(steps, document.basePath, operation)
    known.set(operation.id, found)
    return found
  }
  return {
    validateRequest: async (operation, values) =>
      runOnRequest(steps.request, requestOf(operation, values, await metadataOf(operation))),
    validateReply: async (operation, status, mediaType, value) =>
      runOnReply(
        steps.response,
        requestOf(operation, NO_VALUES, await metadataOf(operation)),
        status,
        mediaType,
        value,
      ),
  }
}

/** How replies are validated. */
export interface ReplyOptions {
  /** True to list every violation of a reply; otherwise only the first one. */
  readonly allErrors?: boolean
}

const NO_VALUES: RequestValues = { path: {}, query: {}, headers: {}, body: undefined }

/** Dates are texts here; without these rows the validator takes them for objects that it has to write. */
const dates = [{ format: 'date-time' }, { format: 'date' }]

type ExpressValidator = Pick<typeof import('express-openapi-validator'), 'middleware'>

function loadExpressValidator(): ExpressValidator {
  boundErrorsOfAjv()
  return loadPackage<ExpressValidator>('express-openapi-validator')
}

function installSteps(document: DocumentContent, allErrors: boolean, install: ExpressValidator['middleware']) {
  const middleware = install({
    // The validator's types want more than `unknown` can give; it checks the document itself.
    apiSpec: structuredClone({ ...document.json, servers: [{ url: document.basePath || '/' }] }) as unknown as string,
    validateApiSpec: false,
    validateSecurity: false,
    validateRequests: { allErrors: true, allowUnknownQueryParameters: true },
    validateResponses: { allErrors },
    fileUploader: false,
    formats: FORMATS,
    serDes: [...dates],
  })
  return {
    load: requireStep(middleware, 'pathParamsMiddleware'),
    metadata: requireStep(middleware, 'metadataMiddleware'),
    request: requireStep(middleware, 'requestMiddleware'),
    response: requireStep(middleware, 'responseMiddleware'),
  }
}

type Steps = ReturnType<typeof installSteps>

function requireStep(middleware: readonly RequestHandler[], name: string): RequestHandler {
  const step = middleware.find((candidate) => candidate.name === name)
  if (step === undefined)
    throw new Error(`express-openapi-validator has no ${name}: its version is not the one this was written for.`)
  return step
}

const runOnRequest = (step: RequestHandler, req: object) => settle((next) => step(req as Request, {} as Response, next))

function readViolations(error: unknown): readonly RawViolation[] | undefined {
  const { errors } = error as { errors?: readonly { path?: string; message: string; errorCode?: string }[] }
  return (
    errors &&
    bounded(errors).map(({ path, message, errorCode }) => ({
      path: path ?? '',
      message,
      keyword: errorCode?.split('.')[0] ?? '',
    }))
  )
}

async function readMetadata({ load, metadata }: Steps, basePath: string, operation: Operation): Promise<Metadata> {
  const path = basePath + operation.path.replaceAll(/\{[^{}]+\}/g, '1')
  const req: { openapi?: Metadata } & object = {
    method: operation.method,
    path,
    originalUrl: path,
    baseUrl: '',
    app: { enabled: () => true },
  } as object
  await runOnRequest(load, { app: { param: () => {} } })
  const [violation] = await runOnRequest(metadata, req)
  if (violation || !req.openapi)
    throw new Error(`express-openapi-validator does not know ${operation.id}: ${violation?.message}`)
  return req.openapi
}

function requestOf(operation: Operation, values: RequestValues, metadata: Metadata): object {
  return {
    method: operation.method,
    path: operation.path,
    originalUrl: operation.path,
    openapi: { ...metadata, pathParams: values.path },
    params: values.path,
    query: values.query,
    headers: { ...values.headers, ...(values.mediaType && { 'content-type': values.mediaType }) },
    body: values.body,
  }
}

/** The validator's middleware replaces `res.json`; a value that is handed to it is validated, and a fault comes to the same `next`. */
function runOnReply(step: RequestHandler, req: object, statusCode: number, mediaType: string, value: unknown) {
  const res = {
    statusCode,
    headersSent: false,
    getHeaders: () => ({ 'content-type': mediaType }),
    json: (_value: unknown): void => {},
  }
  return settle(
    (next) => step(req as Request, res as unknown as Response, next),
    () => res.json(value),
  )
}

/** Runs a middleware; gives its violations, and throws what is no violation. */
function settle(
  run: (next: (error?: unknown) => void) => unknown,
  onNext: () => void = () => {},
): Promise<readonly RawViolation[]> {
  return new Promise((resolve, reject) => {
    const next = (error?: unknown) => {
      if (error === undefined) {
        onNext()
        resolve([])
        return
      }
      const violations = readViolations(error)
      if (violations) resolve(violations)
      else reject(error)
    }
    void run(next)
  })
}
