import { createHash } from 'node:crypto'
import type { createMock, Mock } from '../../src/index.ts'
import type { Asked, CheckAnswer } from './check-answer.ts'
import type { FaultStep } from './faults.ts'
import type { Call, RequestStep, Step } from './steps.ts'
import { type Answer, createWireClient, type Outcome } from './wire-client.ts'

/** A step with its place in the run that it is of. */
export interface Numbered {
  readonly index: number
  readonly step: Step
}

/** Something that must not happen. `kind` is the same for the same mistake at another step. */
export interface Finding {
  readonly index: number
  readonly kind: string
  readonly text: string
}

/** The result of a run: its findings, one of a kind, and a digest of all that came back. */
export interface Played {
  readonly findings: readonly Finding[]
  readonly digest: string
  readonly requests: number
  /** How often each status came, and how often none. */
  readonly statuses: ReadonlyMap<string, number>
}

/** The mock to play on, and the check of its answers. */
export interface Subject {
  readonly createMock: typeof createMock
  readonly check: CheckAnswer
  /** How long an answer may take before it counts as lost, in milliseconds; far above any delay that the steps ask for. */
  readonly patience?: number
}

/** Plays steps one after another on a mock of their own, and checks each answer. */
export async function play(steps: Iterable<Numbered>, subject: Subject): Promise<Played> {
  const run = await startRun(subject)
  try {
    for (const numbered of steps) await run.take(numbered)
    return run.result()
  } finally {
    await run.close()
  }
}

/** Time stands still, so that a run can be repeated. */
const NOW = Date.UTC(2030, 0, 1)

async function startRun({ createMock, check, patience = 20_000 }: Subject) {
  // Few sessions, so that some are evicted.
  const mock = createMock({ seed: 1, clock: { now: () => NOW }, maxSessions: 5 })
  const { port, close } = await mock.listen()
  const wire = createWireClient(port, patience)
  const context: Context = { mock, wire, patience, check, faults: new Map(), defects: 0 }
  const digest = createHash('sha256')
  const findings = new Map<string, Finding>()
  const statuses = new Map<string, number>()
  let requests = 0
  return {
    take: async ({ index, step }: Numbered) => {
      const { told, problems, status } = await STEPS[step.kind](context, step as never)
      requests += step.kind === 'call' ? 0 : 1
      statuses.set(status, (statuses.get(status) ?? 0) + 1)
      digest.update(`${index} ${told}\n`)
      for (const text of [...problems, ...newDefects(context)]) {
        const kind = text.replaceAll(/\d+|"[^"]*"/g, '').slice(0, 80)
        if (!findings.has(kind)) findings.set(kind, { index, kind, text })
      }
    },
    result: (): Played => ({ findings: [...findings.values()], digest: digest.digest('hex'), requests, statuses }),
    close: async () => {
      wire.close()
      await close()
    },
  }
}

interface Context {
  readonly mock: Mock
  readonly wire: ReturnType<typeof createWireClient>
  readonly patience: number
  readonly check: CheckAnswer
  /** The steps of the faults that each session was given, whether or not they are spent. */
  readonly faults: Map<string, readonly FaultStep[]>
  defects: number
}

/** The answer to a step as text, for the digest, and the mistakes in it. */
interface Taken {
  readonly told: string
  readonly problems: readonly string[]
  readonly status: string
}

const STEPS: {
  readonly [Kind in Step['kind']]: (context: Context, step: Extract<Step, { kind: Kind }>) => Promise<Taken>
} = {
  request: takeRequest,
  broken: takeBroken,
  call: takeCall,
}

function newDefects(context: Context): string[] {
  const added = context.mock.defects.slice(context.defects)
  context.defects = context.mock.defects.length
  return added.map((text) => `a defect: ${text}`)
}

async function takeRequest(context: Context, step: RequestStep): Promise<Taken> {
  const url = step.door === 'fetch' && isFetchable(step) ? new URL(ORIGIN + step.target) : undefined
  const target = url ? url.pathname + url.search : step.target
  const asked = askedOf(step, target)
  const faults = asked.sessions.flatMap((id) => context.faults.get(id) ?? [])
  const outcome = await (url ? fetchAnswer(context, url, step) : sendBytes(context, step))
  const [answer] = outcome.answers
  const problems = isSendable(target) ? checkOutcome(context, asked, outcome, faults) : checkRefusals(outcome)
  if (answer && answer.status < 300) noteFaults(context, step, asked)
  return { told: tell(outcome), problems, status: String(answer?.status ?? outcome.end) }
}

const sendBytes = ({ wire }: Context, step: RequestStep) =>
  isSendable(step.target) ? wire.ask(bytesOf(step), step.method) : wire.askBroken(bytesOf(step))

/** HTTP has no request line with other characters. */
const isSendable = (target: string) => /^[\x21-\x7e]*$/.test(target)

const CUTS = ['reset', 'empty-reply', 'truncated', 'reset-in-body']

function checkOutcome({ check }: Context, asked: Asked, outcome: Outcome, faults: readonly FaultStep[]): string[] {
  const [answer, ...more] = outcome.answers
  const mayBeCut = faults.some(({ kind }) => CUTS.includes(kind))
  if (outcome.end === 'hung') return [`hung: ${asked.method} ${asked.target}`]
  if (answer === undefined) return mayBeCut ? [] : [`no answer: ${outcome.end} ${outcome.rest.slice(0, 60)}`]
  const rest = more.length > 0 || outcome.rest !== '' ? ['bytes after the answer'] : []
  return [...rest, ...check(asked, answer, faults)]
}

const ORIGIN = 'http://localhost'

const NO_BODY = ['GET', 'HEAD']
const NOT_OF_FETCH = ['CONNECT', 'TRACE']

/** A request that fetch refuses to send goes over the socket. */
const isFetchable = ({ method, target, headers, body }: RequestStep) =>
  !NOT_OF_FETCH.includes(method) &&
  !(body && NO_BODY.includes(method)) &&
  headers.every(([, value]) => /^[\t\x20-\xff]*$/.test(value)) &&
  URL.canParse(ORIGIN + target)

async function fetchAnswer({ mock, patience }: Context, url: URL, step: RequestStep): Promise<Outcome> {
  let timer: NodeJS.Timeout | undefined
  const late = new Promise<Outcome>((resolve) => {
    timer = setTimeout(() => resolve({ answers: [], end: 'hung', rest: '' }), patience)
  })
  try {
    return await Promise.race([late, askByFetch(mock, url, step)])
  } finally {
    clearTimeout(timer)
  }
}

async function askByFetch(mock: Mock, url: URL, { method, headers, body }: RequestStep): Promise<Outcome> {
  try {
    const named = headers.map(([name, value]): [string, string] => [name, value])
    const response = await mock.fetch(url, { method, headers: named, ...(body && { body }) })
    const bytes = Buffer.from(await response.arrayBuffer())
    const answer = { status: response.status, headers: Object.fromEntries(response.headers), body: bytes }
    return { answers: [answer], end: 'kept', rest: '' }
  } catch (error) {
    // Fetch says so of a connection that broke; any other error is a mistake.
    return { answers: [], end: 'reset', rest: error instanceof TypeError ? '' : String(error) }
  }
}

function bytesOf({ method, target, headers, body }: RequestStep): Buffer {
  const all = [['Host', 'localhost'], ...headers, ...(body ? [['Content-Length', String(body.length)]] : [])]
  const head = `${method} ${target} HTTP/1.1\r\n${all.map(([name, value]) => `${name}: ${value}\r\n`).join('')}\r\n`
  return Buffer.concat([Buffer.from(head, 'latin1'), body ?? Buffer.alloc(0)])
}

/** The target without its session, and all sessions that the request names. */
function askedOf({ method, headers }: RequestStep, target: string): Asked {
  const [, inPath, rest] = /^\/s\/([^/?]*)(\/.*)$/.exec(target) ?? []
  const named = headers.flatMap(([name, value]) => {
    if (name.toLowerCase() === 'x-mock-session') return [value]
    return name.toLowerCase() === 'cookie'
      ? [...value.matchAll(/x-mock-session=([^;]*)/g)].map(([, id]) => id ?? '')
      : []
  })
  const sessions = inPath === undefined ? named : [inPath, ...named]
  return { method, headers, target: rest ?? target, sessions: sessions.length > 0 ? sessions : ['default'] }
}

/** Remembers which faults a session may have. */
function noteFaults({ faults }: Context, { method, body }: RequestStep, { target, sessions }: Asked): void {
  if (target !== '/__admin/faults' || method !== 'POST' || body === undefined) return
  const { steps } = JSON.parse(body.toString()) as { readonly steps: readonly FaultStep[] }
  for (const id of sessions) faults.set(id, [...(faults.get(id) ?? []), ...steps])
}

/** The times that an archive has are real ones. */
const TIMES = /"(time|wait)":[\d.e-]+/g

function tell({ answers, end }: Outcome): string {
  const told = answers.map(({ status, headers, body }) => {
    const named = Object.entries(headers).filter(([name]) => !['connection', 'keep-alive', 'date'].includes(name))
    return `${status} ${JSON.stringify(named)} ${body.toString('latin1').replaceAll(TIMES, '')}`
  })
  return told.length > 0 ? told.join('\n') : end === 'hung' ? end : 'broken'
}

async function takeBroken({ wire }: Context, { bytes }: Extract<Step, { kind: 'broken' }>): Promise<Taken> {
  const outcome = await wire.askBroken(bytes)
  return {
    told: tell(outcome),
    problems: checkRefusals(outcome),
    status: `broken ${outcome.answers.map(({ status }) => status)}`,
  }
}

/** Answers to bytes that need be no request: well-formed ones, none of them an internal error, and then the end. */
function checkRefusals({ answers, end, rest }: Outcome): string[] {
  return [
    ...(end === 'hung' ? ['hung after broken bytes'] : []),
    ...(rest === '' ? [] : [`bytes that are no answer: ${rest.slice(0, 60)}`]),
    ...answers.flatMap((answer) => checkRefusal(answer)),
  ]
}

function checkRefusal({ status, headers, body }: Answer): string[] {
  if (status >= 500) return [`${status} to broken bytes`]
  if (status < 400) return []
  const isProblem =
    headers['content-type'] === 'application/problem+json' && Number(headers['content-length']) === body.length
  return isProblem ? [] : [`${status} without a problem document`]
}

async function takeCall({ mock, faults }: Context, { session, call }: Extract<Step, { kind: 'call' }>): Promise<Taken> {
  try {
    const value = callSession(mock, session, call)
    if (call.name === 'fault') faults.set(session, [...(faults.get(session) ?? []), ...call.input.steps])
    return { told: JSON.stringify(value) ?? '', problems: [], status: 'call' }
  } catch (error) {
    const { name, message } = error as Error
    return {
      told: message,
      problems: name === 'ApiError' ? [] : [`${call.name} threw ${error}`],
      status: 'call refused',
    }
  }
}

function callSession(mock: Mock, id: string, call: Call): unknown {
  if (call.name === 'end') return mock.sessions.end(call.on)
  if (call.name === 'standing') return mock.sessions.standing(call.on)
  const session = mock.session(id)
  const { snapshots, clock, journal } = session
  switch (call.name) {
    case 'take':
    case 'restore':
    case 'remove':
    case 'diff':
    case 'get':
      return snapshots[call.name](call.on)
    case 'validate':
      return session.validateDomain(call.on)
    case 'advance':
      return clock.advance(call.by)
    case 'reset':
      return session.reset()
    case 'clear':
      return journal.clear()
    case 'export':
      return session.store.export()
    case 'exports':
      return [journal.har(), journal.curl(), journal.jest()].map((text) => JSON.stringify(text).length > 0)
    case 'coverage':
      return mock.coverage().cells()
    case 'fault':
      return session.faults.add(call.input as Parameters<typeof session.faults.add>[0])
  }
}
