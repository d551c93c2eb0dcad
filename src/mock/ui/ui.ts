import { ApiError } from '../../openapi/api-error.ts'
import { negotiate } from '../../openapi/codecs/negotiate.ts'
import { type GateOptions, requirePlace } from '../admin/gate.ts'
import type { MockRequest, RequestHeaders } from '../exchange/request.ts'
import { splitTarget } from '../exchange/request-target.ts'
import type { MockResponse } from '../exchange/response.ts'
import { PROBLEM_TYPE, problemOf } from '../validation/problem.ts'
import { wrongMethod } from '../validation/unmatched.ts'
import { acceptsGzip } from './accept-encoding.ts'
import type { UiFile, UiFiles } from './ui-files.ts'

/** Serves the page that shows the mock, and its files. */
export interface Ui {
  /** Gives undefined for a request that is for another part of the mock. */
  readonly answer: (request: MockRequest) => MockResponse | undefined
  /** True if the page was not built, as in a checkout. */
  readonly isMissing: () => boolean
}

const ROOT = '/'
const FOLDER = '/__admin/ui/'
const ALLOW = ['GET', 'HEAD']

/** Serves these files. Nothing is read before it is asked for. */
export function createUi(files: UiFiles, gate: GateOptions): Ui {
  return {
    isMissing: () => files.list() === undefined,
    answer: (request) => {
      const { target } = request
      if (target.startsWith(FOLDER)) return fileAt(splitTarget(target).path, request, files, gate)
      return target === ROOT || target.startsWith('/?') ? index(request, files, gate) : undefined
    },
  }
}

/** The page, for browsers that may use the control plane. All others get the list of operations. */
function index(request: MockRequest, files: UiFiles, gate: GateOptions): MockResponse | undefined {
  if (!ALLOW.includes(request.method) || !wantsHtml(request.headers)) return undefined
  const file = files.list()?.find(({ path }) => path === ROOT)
  return file && isLetIn(request, gate) ? respond(file, request, files) : undefined
}

/** As for the root of the site (`site.ts`). */
const wantsHtml = ({ accept }: RequestHeaders) =>
  accept !== undefined && negotiate(String(accept), ['application/json', 'text/html']) === 'text/html'

function isLetIn(request: MockRequest, gate: GateOptions): boolean {
  // A link of another site may lead here: the page is then loaded whole, and not into that site.
  const isNavigation = request.headers['sec-fetch-mode'] === 'navigate'
  const { 'sec-fetch-site': _site, ...others } = request.headers
  try {
    requirePlace(isNavigation ? { ...request, headers: others } : request, gate)
    return true
  } catch {
    return false
  }
}

function fileAt(path: string, request: MockRequest, files: UiFiles, gate: GateOptions): MockResponse {
  try {
    requirePlace(request, gate)
    if (!ALLOW.includes(request.method)) throw wrongMethod(request.method, path, ALLOW)
    const file = files.list()?.find((one) => one.path === path)
    const response = file && respond(file, request, files)
    if (response === undefined) throw noFile(path, files)
    return response
  } catch (error) {
    if (error instanceof ApiError) return refusal(error, path)
    throw error
  }
}

function noFile(path: string, files: UiFiles): ApiError {
  const what = files.list()
    ? 'It may be of another version: load the page again.'
    : 'It was not built: run npm run build.'
  return new ApiError(404, `The page of this mock has no file ${path}. ${what}`)
}

const refusal = (error: ApiError, path: string): MockResponse => ({
  status: error.status,
  headers: { ...error.headers, 'Content-Type': PROBLEM_TYPE, 'Cache-Control': 'no-store' },
  body: JSON.stringify(problemOf(error, path)),
})

/** No code and no style but those of the files, and no request to anywhere else. */
const POLICY =
  "default-src 'self'; img-src 'self' data: blob:; style-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"

/** Gives undefined if the file is gone. */
function respond(file: UiFile, request: MockRequest, files: UiFiles): MockResponse | undefined {
  const isPage = file.path === ROOT
  const isPacked = acceptsGzip(request.headers['accept-encoding'])
  // The same content in two codings is two representations; a weak tag may stand for both (RFC 9110, section 8.8.1).
  const etag = isPacked ? file.etag : `W/${file.etag}`
  const headers = {
    'Content-Type': file.type,
    ETag: etag,
    'Cache-Control': isPage ? 'no-cache' : 'public, max-age=31536000, immutable',
    Vary: isPage ? 'Accept, Accept-Encoding' : 'Accept-Encoding',
    'X-Content-Type-Options': 'nosniff',
    'Cross-Origin-Resource-Policy': 'same-origin',
    'Referrer-Policy': 'no-referrer',
    ...(isPage && { 'Content-Security-Policy': POLICY }),
  }
  if (isKnown(request.headers['if-none-match'], file.etag)) return { status: 304, headers }
  const bytes = files.read(file, isPacked ? 'gzip' : 'identity')
  return bytes && { status: 200, headers: isPacked ? { ...headers, 'Content-Encoding': 'gzip' } : headers, bytes }
}

/** The weak comparison of `If-None-Match` (RFC 9110, section 13.1.2). */
function isKnown(given: RequestHeaders[string], etag: string): boolean {
  const tags = given === undefined ? [] : String(given).split(',')
  return tags.some((tag) => tag.trim() === '*' || tag.trim().replace(/^W\//, '') === etag)
}
