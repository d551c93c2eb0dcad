import { createMock, type Exchange, type Fault, type Mock, type Pet } from 'inboxes-mock'
import { type ContractReport, REPORTS, runContract } from 'inboxes-mock/contract'
import { openMock, type TestSession } from 'inboxes-mock/testing'
import { useMock } from 'inboxes-mock/testing/jest'

/** Uses each part of what is exported as it is typed; nobody runs it. */
export async function use(): Promise<string> {
  const seen: Exchange[] = []
  const mock: Mock = createMock({ seed: 7, onExchange: (exchange) => seen.push(exchange) })
  const pet: Pet | undefined = mock.store.pets.get(1)
  const fault: Fault = mock.faults.add({ steps: [{ kind: 'status', status: 503 }] })
  const { url } = await mock.listen()
  const report: ContractReport = await runContract({ baseUrl: url, apiKey: 'special-key' })
  const session: TestSession = await (await openMock({ pack: 'one' })).open('a test')
  const [request] = await useMock({ url }).session.journal.find({ operationId: 'getPetById' })
  return [pet?.name, fault.id, REPORTS.junit(report), session.id, request?.target].join()
}

// @ts-expect-error A seed is a number: types that were not found would allow a text too.
createMock({ seed: 'seven' })

// @ts-expect-error Neither may an option be made up.
runContract({ baseUrl: '', apiKey: '', wrong: true })

// @ts-expect-error Nor a pack.
openMock({ pack: 'few' })
