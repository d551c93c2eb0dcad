import { isDone, type Seen } from '../seen.ts'
import type { Habit, Way } from '../way.ts'

/** Whether equal logins give equal tokens. */
function read(all: readonly Seen[]): Habit[] {
  const tokens = new Map<string, Seen[]>()
  for (const seen of all)
    if (seen.operation === 'loginUser' && isDone(seen) && typeof seen.raw === 'string')
      tokens.set(seen.query, [...(tokens.get(seen.query) ?? []), seen])
  const repeated = [...tokens.values()].filter(({ length }) => length > 1)
  if (repeated.length === 0) return []
  const isSame = repeated.every((some) => new Set(some.map(({ raw }) => raw)).size === 1)
  return [{ place: 'login', does: isSame ? 'the same token' : 'another token', seen: repeated.flat() }]
}

export const tokens: Way = {
  id: 'tokens',
  question: 'Whether two logins give the same token',
  mock: ['the same token'],
  part: 'shape',
  read,
  say: ({ live, mock }, server) => `${server} gives ${live} at each login, the mock ${mock}`,
  adopt: ({ live }) => (live === 'another token' ? { tokens: 'differ' } : 'the mock does so'),
}
