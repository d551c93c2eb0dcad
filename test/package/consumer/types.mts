import { createMock, type Exchange, type Fault, type Mock, type operations, type Pet, type paths } from 'inboxes-mock'
import { createMock as createInPage, type InProcessMock } from 'inboxes-mock/browser'
import { type ContractReport, REPORTS, runContract } from 'inboxes-mock/contract'
import { handlers } from 'inboxes-mock/msw'
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

/** The same in a page. */
export async function useInPage(): Promise<number> {
  const mock: InProcessMock = createInPage({ seed: 7 })
  const given: { readonly run: () => void }[] = handlers({ mock: mock.session('story'), baseUrl: '/v2' })
  return (await mock.fetch('/v2/pet/1')).status + given.length
}

// @ts-expect-error A page has no files.
createInPage({ document: 'openapi.yaml' })

// @ts-expect-error A seed is a number: types that were not found would allow a text too.
createMock({ seed: 'seven' })

// @ts-expect-error Neither may an option be made up.
runContract({ baseUrl: '', apiKey: '', wrong: true })

// @ts-expect-error Nor a pack.
openMock({ pack: 'few' })

// @ts-expect-error An operationId is one of the document's.
createMock().faults.add({ match: { operationId: 'getPetByID' }, steps: [{ kind: 'reset' }] })

// @ts-expect-error So it is in criteria.
createMock().journal.count({ operationId: 'getPetByID' })

export const TYPED: readonly [keyof paths, keyof operations] = ['/pet/{petId}', 'getPetById']
