import { readFileSync } from 'node:fs'
import type { ApiDocument } from '../../src/openapi/document.ts'
import { parseForeign } from '../../src/openapi/load-document.ts'
import { pathOf } from '../../src/openapi/package-files.ts'

const success = (status: number) => `
        '${status}':
          description: done
          headers:
            X-Quota:
              schema: { type: integer, format: int32 }
          content:
            application/json: { schema: { $ref: '#/components/schemas/Mailbox' } }
            application/xml: { schema: { $ref: '#/components/schemas/Mailbox' } }`

const refusals = (...statuses: number[]) =>
  statuses.map((status) => `\n        '${status}': { description: refused }`).join('')

const ID = `
        - { name: inboxId, in: path, required: true, schema: { type: integer, format: int64 } }`

/** Operations that no scenario names: a list, a creation, and a record that is read, replaced and deleted. */
const PATHS = `
  /inbox:
    get:
      operationId: listInboxes
      parameters:
        - { name: limit, in: query, required: true, schema: { type: integer, format: int32 } }
        - name: state
          in: query
          style: form
          explode: false
          schema: { type: array, items: { type: string, enum: [open, closed] } }
        - { name: X-Page, in: header, required: false, schema: { type: integer } }
      responses:
        '200':
          description: done
          content:
            application/json:
              schema: { type: array, items: { $ref: '#/components/schemas/Mailbox' } }
            application/xml:
              schema: { type: array, items: { $ref: '#/components/schemas/Mailbox' } }${refusals(400)}
      security: [{ api_key: [] }]
    post:
      operationId: createInbox
      requestBody:
        required: true
        content:
          application/json: { schema: { $ref: '#/components/schemas/Mailbox' } }
          application/xml: { schema: { $ref: '#/components/schemas/Mailbox' } }
      responses:${success(201)}${refusals(400, 409)}
      security: [{ api_key: [] }]
  /inbox/{inboxId}:
    get:
      operationId: getInbox
      parameters:${ID}
      responses:${success(200)}${refusals(400, 404)}
      security: [{ api_key: [] }]
    put:
      operationId: replaceInbox
      parameters:${ID}
      requestBody:
        required: true
        content:
          application/json: { schema: { $ref: '#/components/schemas/Mailbox' } }
      responses:${success(200)}${refusals(400, 404)}
      security: [{ api_key: [] }]
    delete:
      operationId: deleteInbox
      parameters:${ID}
      responses:
        '204': { description: gone }${refusals(400, 404)}
      security: [{ api_key: [] }]
`

const SCHEMAS = `
    Mailbox:
      type: object
      required: [name]
      properties:
        id: { type: integer, format: int64 }
        name: { type: string, minLength: 3 }
        state: { type: string, enum: [open, closed] }
        labels: { type: array, items: { type: string } }
        owner: { $ref: '#/components/schemas/MailboxOwner' }
        isShared: { type: boolean, default: false }
    MailboxOwner:
      type: object
      required: [email]
      properties:
        email: { type: string, format: email }
        level: { type: integer, format: int32 }`

/** The packaged document with more operations. */
export function inboxDocument(): ApiDocument {
  const text = readFileSync(pathOf('openapi.yaml'), 'utf8')
    .replace('\ncomponents:\n', () => `${PATHS}components:\n`)
    .replace('\n  schemas:\n', () => `\n  schemas:${SCHEMAS}\n`)
  return parseForeign(text, 'inboxes.yaml')
}
