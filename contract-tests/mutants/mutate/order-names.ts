import { type Answer, isSuccess } from '../../../src/http/answers/answer.ts'
import { AUTO, type Step } from './step.ts'

/** The orders of one server: each has the name under which a session knows it, and the id that the server gave it. */
export interface OrderNames {
  /** The path with the id of the order that it names; undefined if the server gave one that no path can have. */
  readonly pathOf: (step: Step) => string | undefined
  /** Takes note of an order that was placed or deleted. Returns the name of the one that has the id of the answer. */
  readonly note: (step: Step, answer: Answer | undefined) => string
}

const NAMED = /\{(.+)\}/
/** An order whose id is no such number is not read: the decisions ask for its round trip only if the id is an integer. */
const IN_PATHS = /^[1-9]\d*$/

export function createOrderNames(): OrderNames {
  const ids = new Map<string, string>()
  const names = new Map<string, string>()
  let count = 0
  const place = (step: Step, id: string) => {
    count += 1
    const name = idSent(step) ?? `order ${count}`
    if (!names.has(id)) names.set(id, name)
    ids.set(name, id).set(AUTO, idSent(step) === undefined ? id : (ids.get(AUTO) ?? '1'))
    return names.get(id) ?? name
  }
  return {
    pathOf: ({ path }) => {
      const name = NAMED.exec(path)?.[1]
      if (name === undefined) return path
      const id = ids.get(name) ?? (name === AUTO ? '1' : name)
      return IN_PATHS.test(id) ? path.replace(NAMED, id) : undefined
    },
    note: (step, answer) => {
      if (!isSuccess({ answer })) return ''
      if (step.operation === 'deleteOrder') names.delete(ids.get(NAMED.exec(step.path)?.[1] ?? '') ?? '')
      return step.operation === 'placeOrder' ? place(step, idIn(answer)) : ''
    },
  }
}

/** The id that an order is sent with. */
export function idSent({ body }: Step): string | undefined {
  const { id } = readJson(String(body))
  return id === undefined ? undefined : String(id)
}

/** The fields of an order; none if it is no JSON and was taken all the same. */
export function readJson(text: string): Readonly<Record<string, unknown>> {
  try {
    return Object(JSON.parse(text))
  } catch {
    return {}
  }
}

/** The id of an order in an answer of either type; '' if there is none. */
const idIn = (answer: Answer | undefined): string =>
  /"id"\s*:\s*"([^"]*)"|<id>([^<]*)</
    .exec(answer?.bytes.toString() ?? '')
    ?.slice(1)
    .find(Boolean) ?? ''
