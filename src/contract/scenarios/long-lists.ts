import { status } from '../checks/status.ts'
import { type Interaction, isSuccess } from '../interaction.ts'
import type { Run } from '../run.ts'
import { type Scenario, WRITING } from './scenario.ts'
import { type Named, readUser } from './user-record.ts'

/** More users than anybody lists by hand. Each has to be deleted alone afterwards. */
const USUAL = 101
const THOROUGH = 1001

/** Creates a long list of users and reads some of them. */
export const longLists: Scenario = {
  name: 'long lists',
  operations: ['createUsersWithListInput', 'getUserByName'],
  isAddition: true,
  isThorough: true,
  modes: WRITING,
  run: async (run) => {
    if (!run.interactions.some(isTakenList)) return
    const length = run.depth === 'thorough' ? THOROUGH : USUAL
    const users = Array.from({ length }, (_, index) => userOf(run, index))
    const about = `a list of ${length} users`
    const sent = await run.send('createUsersWithListInput', { json: users, expect: 'any', about })
    run.check(status, sent, status.fits(about, sent))
    if (!isSuccess(sent)) return
    for (const index of PARTS.map((part) => Math.floor(part * (length - 1))))
      await readUser(run, userOf(run, index), about)
  },
}

/** A server that took no list of users so far was accused of it, or lets nobody write users who is not logged in. */
const isTakenList = (sent: Interaction) =>
  sent.operation?.id === 'createUsersWithListInput' &&
  isSuccess(sent) &&
  sent.request.body?.includes('"username"') === true

/** Places in the list: limits cut it at its end, or in the middle. */
const PARTS = [0, 0.1, 0.2, 0.25, 0.5, 0.51, 0.75, 0.99, 1]

const userOf = ({ prefix }: Run, index: number): Named => ({
  username: `${prefix}long${index}`,
  firstName: `first ${index}`,
  userStatus: index,
})
