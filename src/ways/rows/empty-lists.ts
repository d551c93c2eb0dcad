import { isEmpty, shownRecords } from '../records.ts'
import type { Seen } from '../seen.ts'
import type { Habit, Way } from '../way.ts'

/** Whether an absent list of tags comes as an empty one, and an empty one as none. */
function read(all: readonly Seen[]): Habit[] {
  return shownRecords(all).flatMap(({ kind, sent, shown, seen }) => {
    if (kind !== 'pet') return []
    if (sent.tags === undefined && (shown.tags === undefined || isEmpty(shown.tags)))
      return [{ place: 'absent', does: isEmpty(shown.tags) ? 'shows it empty' : 'leaves it out', seen: [seen] }]
    return isEmpty(sent.tags)
      ? [{ place: 'empty', does: isEmpty(shown.tags) ? 'shows it' : 'leaves it out', seen: [seen] }]
      : []
  })
}

export const emptyLists: Way = {
  id: 'empty-lists',
  question: 'In XML an absent repeated element of a required array means an empty array',
  mock: ['leaves it out', 'shows it'],
  part: 'shape',
  read,
  say: ({ live, mock, places }, server) =>
    `${server} ${live} where a pet is stored with an ${places[0]} list of tags, the mock ${mock}`,
  setting: (place) => place,
  adopt: ({ live, places }) => ({ emptyLists: Object.fromEntries(places.map((place) => [place, live])) }),
}
