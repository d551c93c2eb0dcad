import { writeJson } from '../http/json-value.ts'
import type { Observation } from './checks/check.ts'
import { memory } from './checks/memory.ts'
import type { Finding, Place } from './finding.ts'
import { toFinding } from './group-findings.ts'
import { type Interaction, isSuccess, isValid, statusOf } from './interaction.ts'

/** Tells a server that keeps what it is sent from one that answers each request as if it were the first. */
export interface Memory {
  readonly saw: (interaction: Interaction) => void
  /** The first acknowledged write with what is wrong, if any; undefined if too little was written and read. */
  readonly verdict: () => { readonly write: Interaction; readonly seen: Observation | undefined } | undefined
}

/** Writes whose records can be read. */
const WRITES: readonly string[] = [
  ...['createUser', 'createUsersWithListInput', 'updateUser', 'placeOrder', 'updatePet', 'updatePetWithForm'],
]
const READINGS: readonly string[] = [
  ...['getUserByName', 'getOrderById', 'getPetById', 'findPetsByStatus', 'findPetsByTags'],
]

/** So many readings after a write must have shown nothing of the run before that is said of a server. */
const LEAST = 3

/** All records of the run have its prefix somewhere. */
export function createMemory(prefix: string): Memory {
  let [writes, readings] = [0, 0]
  let write: Interaction | undefined
  let reading: Interaction | undefined
  let isKept = false

  const isAcknowledged = (interaction: Interaction) =>
    isSuccess(interaction) && isValid(interaction.expectation) && WRITES.includes(interaction.operation?.id ?? '')
  const isReading = ({ operation, request, expectation, ...rest }: Interaction) =>
    request.method === 'GET' && isValid(expectation) && READINGS.includes(operation?.id ?? '') && isTelling(rest)
  return {
    saw: (interaction) => {
      if (isKept) return
      if (isAcknowledged(interaction)) {
        writes += 1
        write ??= interaction
      } else if (write && isReading(interaction)) {
        isKept = shows(interaction, prefix)
        readings += 1
        reading ??= interaction
      }
    },
    verdict: () => {
      if (!write || !reading || (!isKept && (readings < LEAST || writes < 2))) return undefined
      return { write, seen: isKept ? undefined : memory.forgotten(writes, readings, [write, reading]) }
    },
  }
}

/** Any answer but a refusal to show something. */
const isTelling = (interaction: Pick<Interaction, 'answer'>) => isSuccess(interaction) || statusOf(interaction) === 404

/** True if the answer has the prefix elsewhere than in what the request itself named, which an answer may repeat. */
function shows({ request, value }: Interaction, prefix: string): boolean {
  if (value === undefined) return false
  const named = decodeURIComponent(request.path)
    .split(/[/?=&,]/)
    .filter((part) => part.includes(prefix))
  const text = named.reduce((rest, part) => rest.replaceAll(JSON.stringify(part), ''), writeJson(value))
  return text.toLowerCase().includes(prefix.toLowerCase())
}

/** Checks whose failures follow from a server that keeps nothing. */
const FOLLOWING: readonly string[] = [
  ...['read-back', 'isolation', 'deletion', 'idempotency', 'existence', 'unique-ids', 'sequence', 'filters'],
  ...['cross-check', 'inventory', 'safe-reading', 'login', 'refused-write'],
]

/** If a server keeps nothing, that is the one finding, with the places of all that follow from it. */
export function gatherForgotten(findings: readonly Finding[]): readonly Finding[] {
  const cause = findings.find((finding) => finding.check === memory.id && finding.level === 'failure')
  if (!cause) return findings
  const isFollowing = ({ level, places }: Finding) => level === 'failure' && places.every(follows)
  const following = findings.filter((finding) => finding !== cause && isFollowing(finding))
  const places = [...cause.places, ...following.flatMap((finding) => finding.places)]
  const rest = findings.filter((finding) => !following.includes(finding))
  return rest.map((finding) => (finding === cause ? toFinding(places, finding) : finding))
}

/** Operations on one record, which may not be found. */
const OF_RECORDS: readonly string[] = [
  ...['getUserByName', 'updateUser', 'deleteUser', 'loginUser', 'getOrderById', 'deleteOrder'],
  ...['getPetById', 'updatePet', 'updatePetWithForm', 'deletePet', 'uploadFile'],
]

/** A record that is not found, and a password that is not known, follow too. */
const follows = ({ check: id, actual, operation, place }: Place) =>
  FOLLOWING.includes(id) ||
  (id === 'status' && OF_RECORDS.includes(operation) && /^(400|404|410)\b/.test(actual)) ||
  (id === 'refusal' && operation === 'loginUser' && place.includes('password')) ||
  (id === 'xml-equals-json' && place.startsWith('an order as XML'))
