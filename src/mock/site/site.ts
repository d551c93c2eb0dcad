import { negotiate } from '../../openapi/codecs/negotiate.ts'
import type { MockRequest } from '../exchange/request.ts'
import { splitTarget } from '../exchange/request-target.ts'
import type { MockResponse } from '../exchange/response.ts'
import { corsOfAny, isPreflight, optionsHeaders } from '../http/cors.ts'
import { PROBLEM_TYPE, problemOf } from '../validation/problem.ts'
import { wrongMethod } from '../validation/unmatched.ts'
import { apiDocument, indexOf, originOf } from './index-json.ts'
import type { SiteOptions } from './site-options.ts'

/** Answers what a person, a wait tool or a generator asks of an address: neither the API nor the control plane. */
export type Site = (request: MockRequest) => MockResponse | undefined

type Page = (request: MockRequest) => Pick<MockResponse, 'headers' | 'body'> & { readonly status?: number }

/** Serves `/`, the base path and the API's document. Gives undefined for any other path. */
export function createSite(options: SiteOptions): Site {
  const { document, writeYaml } = options
  const { basePath } = document
  const toIndex: Page = () => ({ status: 302, headers: { Location: '/' } })
  const pages = new Map<string, Page>([
    [basePath, toIndex],
    [`${basePath}/`, toIndex],
    ['/', (request) => index(options, request)],
    ['/openapi.json', (request) => typed('application/json', JSON.stringify(apiDocument(document, request)))],
    ['/openapi.yaml', (request) => typed('application/yaml', writeYaml(apiDocument(document, request)))],
  ])
  return (request) => {
    const { path } = splitTarget(request.target)
    const page = pages.get(path)
    return page && answer(page, request, path)
  }
}

const typed = (type: string, body: string) => ({ headers: { 'Content-Type': type, 'Cache-Control': 'no-store' }, body })

/** A page for browsers, which ask for HTML by name; JSON for all others. */
function index(options: SiteOptions, request: MockRequest): ReturnType<Page> {
  const { accept } = request.headers
  const { indexPage } = options
  const wantsHtml = negotiate(accept === undefined ? undefined : String(accept), INDEX_TYPES) === 'text/html'
  const { headers, body } =
    indexPage && wantsHtml
      ? typed('text/html; charset=utf-8', indexPage(options, originOf(request)))
      : typed('application/json', JSON.stringify(indexOf(options, originOf(request))))
  return { headers: { ...headers, ...(wantsHtml && { 'Content-Security-Policy': POLICY }), Vary: 'Accept' }, body }
}

const INDEX_TYPES = ['application/json', 'text/html']

const POLICY = "default-src 'none'; img-src data:; style-src 'unsafe-inline'; frame-ancestors 'none'"

const ALLOW = ['GET', 'HEAD', 'OPTIONS']

function answer(page: Page, request: MockRequest, path: string): MockResponse {
  const cors = corsOfAny(request.headers)
  if (request.method === 'OPTIONS' || isPreflight(request))
    return { status: 204, headers: { ...cors, ...optionsHeaders(ALLOW, request) } }
  if (!ALLOW.includes(request.method)) return refuse(request.method, path, cors)
  const { status = 200, headers, body } = page(request)
  const vary = [headers.Vary, cors.Vary].filter(Boolean).join(', ')
  return { status, headers: { ...cors, ...headers, ...(vary !== '' && { Vary: vary }) }, body }
}

function refuse(method: string, path: string, cors: Readonly<Record<string, string>>): MockResponse {
  const error = wrongMethod(method, path, ALLOW)
  const headers = { ...cors, ...error.headers, 'Content-Type': PROBLEM_TYPE }
  return { status: error.status, headers, body: JSON.stringify(problemOf(error, path)) }
}
