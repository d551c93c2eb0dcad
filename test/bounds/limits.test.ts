import { readFileSync } from 'node:fs'
import { createServer, maxHeaderSize } from 'node:http'
import { expect, test } from '@jest/globals'
import { pagePlatform } from '../../src/browser/page-platform.ts'
import { DEFAULTS as RUN } from '../../src/contract/defaults.ts'
import { MOST_VALUES as MOST_ANSWERED } from '../../src/http/answers/decode-body.ts'
import { MOST_BREACHES } from '../../src/http/answers/schema-breach.ts'
import { MAX_HEADER_BYTES, MAX_INTERIM } from '../../src/http/transport/socket-transport.ts'
import { FIRST_TIME, LAST_TIME } from '../../src/mock/clock.ts'
import { DEFAULTS, LONGEST_DELAY } from '../../src/mock/defaults.ts'
import { AT_A_LOOK } from '../../src/mock/events/changes.ts'
import { HEARTBEAT_EVERY, MOST_LISTENERS, RESUMABLE, TICK } from '../../src/mock/events/feed.ts'
import { ROOM as HISTORY } from '../../src/mock/events/history.ts'
import { BACKLOG } from '../../src/mock/events/listener.ts'
import { WAITING } from '../../src/mock/events/pending.ts'
import { LARGEST_BODY } from '../../src/mock/events/request-event.ts'
import { AT_A_TIME } from '../../src/mock/events/writer.ts'
import { MAX_BODY_BYTES } from '../../src/mock/exchange/request.ts'
import { MOST_FAULTS } from '../../src/mock/faults/faults.ts'
import { MOST_CHUNKS } from '../../src/mock/faults/kinds/slow-body.ts'
import { LONGEST_WAIT } from '../../src/mock/faults/prefer.ts'
import { loadAdminDocument } from '../../src/mock/files/load-admin-document.ts'
import { MOST_MEMORY } from '../../src/mock/files/node-platform.ts'
import { BUSY_BYTES_PER_MS, GATHER, QUIET_BYTES_PER_MS, RETRY } from '../../src/mock/files/saving/write-timer.ts'
import { MOST_NAMED } from '../../src/mock/files/state-file.ts'
import { POLL, QUIET } from '../../src/mock/files/watch-file.ts'
import { GRACE } from '../../src/mock/http/drain.ts'
import { LAST_WORDS } from '../../src/mock/http/malformed.ts'
import { ROOM } from '../../src/mock/requests/journal.ts'
import { MOST_NEAR_MISSES } from '../../src/mock/requests/verify.ts'
import { MOST_DEFECTS } from '../../src/mock/serve.ts'
import { MAX_REMEMBERED } from '../../src/mock/sessions/end-reasons.ts'
import { UPSTREAM_DEFAULTS } from '../../src/mock/upstream/upstream-options.ts'
import { MAX_DEPTH, MAX_NODES } from '../../src/openapi/codecs/decoded.ts'
import { MAX_PARTS, MAX_TEXT_BYTES } from '../../src/openapi/codecs/read-multipart.ts'
import { MAX_ATTRIBUTES } from '../../src/openapi/codecs/read-xml.ts'
import { MAX_HEADERS } from '../../src/openapi/codecs/split-multipart.ts'
import { MOST_BYTES, MOST_LINES } from '../../src/openapi/document-text.ts'
import { valueAt } from '../../src/openapi/json-pointer.ts'
import { loadDocument } from '../../src/openapi/load-document.ts'
import { LONGEST_WORD, MOST_CANDIDATES } from '../../src/openapi/nearest.ts'
import { pathOf } from '../../src/openapi/package-files.ts'
import { FEW_ITEMS } from '../../src/openapi/patterns/slow-rules.ts'
import { MOST_LEVELS, MOST_VALUES } from '../../src/openapi/read-yaml.ts'
import { MOST_VIOLATIONS } from '../../src/openapi/violation-limit.ts'

const page = readFileSync(pathOf('docs/limits.md'), 'utf8')
const rows = [...page.matchAll(/^\| (.*?) \| (.*?) \|/gm)].map(([, limit = '', number = '']) => ({ limit, number }))

const MEGABYTE = 1_000_000
const { requestTimeout, headersTimeout } = createServer()
const admin = loadAdminDocument(loadDocument(pathOf('openapi.yaml'))).document
const importBytes = admin.operations.find(({ id }) => id === 'putState')?.requestBody?.maxBytes
const itemsOf = (schema: string, property: string) =>
  Number(valueAt(admin.json, `/components/schemas/${schema}/properties/${property}/maxItems`))
const patternItems = [
  ...['Criteria', 'FaultMatch'].map((schema) => itemsOf(schema, 'body')),
  itemsOf('Criteria', 'violations'),
]

/** The numbers of each row, as the code has them. */
const NUMBERS: Readonly<Record<string, readonly (number | undefined)[]>> = {
  'one body, as it came and after its Content-Encoding was undone': [MAX_BODY_BYTES],
  'a state that is imported by the control plane': [importBytes],
  'request line and headers together': [maxHeaderSize],
  'time for a request to arrive': [requestTimeout / 1000, headersTimeout / 1000],
  'levels of a JSON or XML body': [MAX_DEPTH],
  'objects and lists, or elements, of a body of up to 10 MB': [MAX_NODES],
  'attributes of an XML element': [MAX_ATTRIBUTES],
  'XML with a DOCTYPE, and so with entities of its own': [],
  'parts of a multipart body': [MAX_PARTS],
  'headers of a part': [MAX_HEADERS],
  'text of a part that is no file': [MAX_TEXT_BYTES],
  'an integer in a path, query or body': [Number.MAX_SAFE_INTEGER],
  'violations that a refusal lists': [MOST_VIOLATIONS],
  'names that are compared for "Did you mean"': [MOST_CANDIDATES, LONGEST_WORD],
  "a session's id": [128],
  'records, snapshots, faults and journals of all sessions, as they are in memory': [
    MOST_MEMORY,
    pagePlatform.memoryMb(),
  ],
  'requests in the journal of a session': [ROOM.values],
  'memory of the journal of a session': [ROOM.bytes],
  'sessions besides the default one': [DEFAULTS.maxSessions],
  'time that a session may be unused': [DEFAULTS.sessionTtl / 1000],
  'ended sessions whose reason is remembered': [MAX_REMEMBERED],
  'faults of a session': [MOST_FAULTS],
  'clients that listen to [events](control-plane.md) at a time': [MOST_LISTENERS],
  'events that are kept for clients that come back, and their text in memory': [HISTORY.values, HISTORY.bytes],
  'requests that wait to be told as events, and their memory': [WAITING.values, WAITING.bytes],
  'requests that are told as events': [AT_A_TIME.requests, TICK],
  'body of a request in an event': [LARGEST_BODY],
  'events that wait for a client that reads slowly': [BACKLOG],
  'events that wait for the next ones': [TICK, TICK, AT_A_LOOK],
  'time between two heartbeats of events': [HEARTBEAT_EVERY],
  'time after the last listener for which requests are still noted': [RESUMABLE],
  'patterns of a verification that ask for an order': [itemsOf('Verification', 'inOrder')],
  'places in the body, and violations, that one pattern of requests asks for': [...new Set(patternItems)],
  'near misses of a verification': [MOST_NEAR_MISSES],
  'defects that `mock.defects` lists': [MOST_DEFECTS],
  'counters of a state, and the numbers counted from them': [Number.MAX_SAFE_INTEGER],
  'years of the clock': [FIRST_TIME, LAST_TIME].map((time) => new Date(time).getUTCFullYear()),
  'time from a change to the write of the file': [GATHER, MEGABYTE / QUIET_BYTES_PER_MS, MEGABYTE / BUSY_BYTES_PER_MS],
  'time between tries of a write that failed': [RETRY],
  'time until an edit is seen': [QUIET, POLL],
  'properties that are named when they are left out': [MOST_NAMED],
  '`--delay` of all answers': [LONGEST_DELAY],
  'a delay or a slow body of a [fault](faults.md)': [LONGEST_DELAY, MOST_CHUNKS],
  '`Prefer: wait`': [LONGEST_WAIT],
  'running requests when the mock stops': [GRACE],
  'reading the answer to a malformed request': [LAST_WORDS],
  'a pattern of a [document](document.md), and `uniqueItems` of objects': [],
  'time for one live answer': [UPSTREAM_DEFAULTS.timeoutMs],
  'one live answer, as received and as decoded': [UPSTREAM_DEFAULTS.maxBytes],
  'headers of one live answer': [MAX_HEADER_BYTES, MAX_INTERIM],
  'live records that are remembered for all sessions': [],
  'an OpenAPI document': [MOST_BYTES, MOST_LINES],
  'its values, aliases and references counted as often as they are used': [MOST_VALUES, MOST_LEVELS],
  'items that `uniqueItems` compares without a warning': [FEW_ITEMS],
  'one request and its answer': [RUN.timeoutMs],
  'one body, as received and as decoded': [RUN.maxBytes],
  'values of one body': [MOST_ANSWERED],
  'headers of one answer': [MAX_HEADER_BYTES, MAX_INTERIM],
  'the whole run': [RUN.maxMs],
  'removing what the run created': [RUN.cleanUpMs],
  'places that are listed of one body': [MOST_BREACHES],
}

const named = rows.filter(({ limit }) => limit !== 'Limit' && !/^-+$/.test(limit))

test.each(named)('the number of "$limit" is that of the code', ({ limit, number }) => {
  const digits = (number.match(/\d[\d,]*/g) ?? []).map((text) => Number(text.replaceAll(',', '')))
  expect(digits).toEqual(NUMBERS[limit])
})

test('each limit of the code is on the page', () => {
  expect(Object.keys(NUMBERS).filter((limit) => !named.some((row) => row.limit === limit))).toEqual([])
})

test('the page is linked from the README', () => {
  expect(readFileSync(pathOf('README.md'), 'utf8')).toContain('(docs/limits.md)')
})
