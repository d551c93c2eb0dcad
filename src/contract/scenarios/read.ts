import { mediaTypesOf, schemaOf } from '../../http/answers/published.ts'
import { JSON_TYPE, XML_TYPE } from '../cases/encode-body.ts'
import { LENIENT } from '../cases/request-cases.ts'
import { head } from '../checks/head.ts'
import { safeReading } from '../checks/safe-reading.ts'
import { xmlEqualsJson } from '../checks/xml-equals-json.ts'
import { type Interaction, isRefusedMethod, isSuccess, mediaTypeOf } from '../interaction.ts'
import type { Run } from '../run.ts'
import type { Sending } from '../sending.ts'

/** Reads as JSON. */
export const readJson = (run: Run, operationId: string, sending: Sending): Promise<Interaction> =>
  run.send(operationId, { accept: JSON_TYPE, ...sending })

/** Reads as XML and compares it with the JSON. */
export async function compareXml(run: Run, json: Interaction, sending: Sending): Promise<void> {
  const { operation } = json
  if (!operation || !mediaTypesOf(operation).includes(XML_TYPE)) return
  const xml = await run.send(operation.id, { ...sending, accept: XML_TYPE })
  const schema = schemaOf(operation, XML_TYPE)
  const isComparable = json.value !== undefined && xml.value !== undefined && mediaTypeOf(xml.answer) === XML_TYPE
  if (!schema || !isSuccess(json) || !isSuccess(xml) || !isComparable) return
  const seen = xmlEqualsJson.sameRecord(json.value, xml.value, schema)
  const differs = seen !== undefined && operation.id === 'loginUser' && (await givesAnotherToken(run, json))
  run.check(xmlEqualsJson, xml, differs ? undefined : seen)
}

/** Reads one record as JSON, as XML, with each usual Accept, by HEAD, and as JSON again. */
export async function readEveryWay(run: Run, operationId: string, sending: Sending): Promise<Interaction> {
  const about = sending.about ?? `valid ${operationId}`
  const json = await readJson(run, operationId, { ...sending, about })
  await compareXml(run, json, { ...sending, about: `${about} as XML` })
  for (const accept of LENIENT) {
    const named = `${about} with Accept ${accept ?? 'absent'}`
    await run.send(operationId, { ...sending, ...(accept && { accept }), about: named })
  }
  await readHead(run, json, sending)
  const again = await readJson(run, operationId, { ...sending, about: `${about} again` })
  checkSame(run, json, again)
  return json
}

/** The same reading must give the same answer again. Two logins may give two tokens. */
export function checkSame(run: Run, first: Interaction, again: Interaction): void {
  if (!isSuccess(first) || first.operation?.id === 'loginUser') return
  run.check(safeReading, again, safeReading.sameAgain(first, again))
}

/** HEAD must answer like the GET before it. */
export async function readHead(run: Run, get: Interaction, sending: Sending): Promise<void> {
  const operationId = get.operation?.id ?? ''
  if (!get.answer || run.interactions.some(isRefusedHead)) return
  const answered = await run.send(operationId, {
    ...sending,
    accept: JSON_TYPE,
    method: 'HEAD',
    expect: 'any',
    about: 'HEAD',
  })
  if (!answered.answer) return
  const seen = head.likeGet(get, get.answer, answered.answer)
  const varies = seen !== undefined && (await hasOtherBytes(run, get))
  run.check(head, answered, varies ? undefined : seen)
}

/** After the first refusal no other HEAD is sent: it would say the same. */
const isRefusedHead = (interaction: Interaction) =>
  interaction.request.method === 'HEAD' && isRefusedMethod(interaction)

/** True if the body varies from reading to reading, as with a time in it: its length may vary too, by chance. */
async function hasOtherBytes(run: Run, get: Interaction): Promise<boolean> {
  for (let turn = 0; turn < 2; turn += 1) {
    const { answer } = await run.lookAgain(get)
    if (answer && get.answer && !answer.bytes.equals(get.answer.bytes)) return true
  }
  return false
}

/** The reference does not say whether two logins give the same token. */
async function givesAnotherToken(run: Run, login: Interaction): Promise<boolean> {
  return (await run.lookAgain(login)).value !== login.value
}
