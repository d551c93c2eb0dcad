import type { ApiDocument } from '../../openapi/document.ts'
import type { JsonObject } from '../../openapi/json-object.ts'
import type { MockRequest } from '../exchange/request.ts'
import type { SiteOptions } from './site-options.ts'

/** The origin that the client used: `http://127.0.0.1:4010`, or that of a proxy which ends TLS. */
export function originOf({ headers }: MockRequest): string {
  const scheme = headers['x-forwarded-proto'] === 'https' ? 'https' : 'http'
  return `${scheme}://${headers.host ?? 'localhost'}`
}

/** The API's document, whose server is this mock. */
export function apiDocument({ json, basePath }: ApiDocument, request: MockRequest): JsonObject {
  return { ...json, servers: [{ url: originOf(request) + basePath }] }
}

/** Where everything stands, for programs. */
export function indexOf({ document, version }: SiteOptions, origin: string) {
  return {
    name: 'inboxes-mock',
    version: version(),
    api: origin + document.basePath,
    openapi: { yaml: `${origin}/openapi.yaml`, json: `${origin}/openapi.json` },
    health: `${origin}/__admin/health`,
    ready: `${origin}/__admin/ready`,
    controlPlane: `${origin}/__admin/openapi.yaml`,
  }
}
