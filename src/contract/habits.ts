import type { Tolerance } from '../http/answers/compare.ts'
import { show } from '../http/json-value.ts'
import { withoutIndexes } from './checks/place.ts'

/** The kinds of records that a run writes. */
export type RecordKind = 'user' | 'pet' | 'order' | 'domain'

/** A part that was shown otherwise than it was sent, as a server may do if it always does. */
export interface Deviation {
  readonly at: string
  readonly sent: unknown
  readonly shown: unknown
  /** The habit that would explain it, such as `blanks of user /firstName`. */
  readonly habit: string
}

/** Collects where a server sets fields by itself or normalises texts, and decides at the end whether it always does. */
export interface Habits {
  /** Takes a part of a record if a habit would explain it. */
  readonly toleranceFor: (kind: RecordKind) => Tolerance
  /** The same without taking note of anything. */
  readonly allows: (kind: RecordKind) => Tolerance
  /** Takes note that a habit showed, or did not. */
  readonly saw: (habit: string, deviation: Omit<Deviation, 'habit'> | undefined) => void
  /** The deviations since the last call. */
  readonly take: () => readonly Deviation[]
  /** Whether the habit was kept wherever it could show. */
  readonly isConsistent: (habit: string) => boolean
}

/** Fields that a server may own, and how many different values it may leave as sent: those that are also its own. */
const OWNED: Readonly<Record<string, number>> = {
  'user /id': 0,
  'order /validate': 0,
  'order /status': 1,
  'order /active': 1,
}

const IDS = ['user /id']

/** Fields whose letter case a server may change: emails, usernames and the names of domains. */
const OF_ANY_CASE = ['user /email', 'user /username', 'order /name', 'domain /name', 'pet /category/name']

type Rewrite = (text: string) => string

/** One kind of normalising a text, and how servers do it. */
interface Form {
  readonly name: string
  readonly rewrites: readonly Rewrite[]
}

/** Many languages change the letters of ASCII only. */
const lowerAscii: Rewrite = (text) => text.replace(/[A-Z]/g, (letter) => letter.toLowerCase())

/** Others change each letter by itself (the simple mapping of Unicode): `İ` gives one letter then, and `Σ` is nowhere a final one. */
const lowerEach: Rewrite = (text) => Array.from(text, (letter) => Array.from(letter.toLowerCase())[0] ?? '').join('')

/** Others fold the case, so that `ß` is `ss`. */
const fold: Rewrite = (text) => text.toLowerCase().replaceAll('ß', 'ss').replaceAll('ς', 'σ')

const SPACE = 0x20

/** Others take spaces and control characters of ASCII for blanks, and no others. */
const trimAscii: Rewrite = (text) => {
  let [start, end] = [0, text.length]
  while (start < end && text.charCodeAt(start) <= SPACE) start += 1
  while (start < end && text.charCodeAt(end - 1) <= SPACE) end -= 1
  return text.slice(start, end)
}

const LETTER_CASE: Form = { name: 'letter case', rewrites: [(text) => text.toLowerCase(), lowerAscii, lowerEach, fold] }
const BLANKS: Form = { name: 'blanks around', rewrites: [(text) => text.trim(), trimAscii] }
const COMPOSED: Form = { name: 'NFC', rewrites: [(text) => text.normalize('NFC')] }

const formsOf = (field: string): readonly Form[] => [
  ...(OF_ANY_CASE.includes(field) ? [LETTER_CASE] : []),
  BLANKS,
  COMPOSED,
]

export function createHabits(): Habits {
  const kept = new Map<string, Set<string>>()
  const open: Deviation[] = []
  const keep = (habit: string, sent: unknown) => kept.set(habit, (kept.get(habit) ?? new Set()).add(show(sent)))
  const most = (habit: string) => (habit.startsWith(OWN) ? (OWNED[habit.slice(OWN.length)] ?? 0) : 0)

  const takeOwned = (field: string, at: string, sent: unknown, shown: unknown) => {
    const habit = `${OWN}${field}`
    if (show(sent) === show(shown)) keep(habit, sent)
    // An id that was taken once may stay, whatever an update names: that is another habit.
    else if (IDS.includes(field) && kept.get(habit)?.has(show(shown)))
      open.push({ at, sent, shown, habit: `first value of ${field}` })
    else open.push({ at, sent, shown, habit })
    return true
  }
  const takeText = (field: string, at: string, sent: string, shown: string) => {
    const forms = formsOf(field)
    const used = explain(forms, sent, shown)
    if (!used) return false
    for (const form of forms.filter(({ rewrites }) => rewrites.some((rewrite) => rewrite(sent) !== sent))) {
      const habit = `${form.name} of ${field}`
      if (used.includes(form)) open.push({ at, sent, shown, habit })
      else keep(habit, sent)
    }
    return true
  }
  return {
    toleranceFor: (kind) => (at, sent, shown) => {
      const field = `${kind} ${withoutIndexes(at)}`
      if (sent === undefined) return false
      if (Object.hasOwn(OWNED, field)) return takeOwned(field, at, sent, shown)
      return typeof sent === 'string' && typeof shown === 'string' && takeText(field, at, sent, shown)
    },
    allows: (kind) => (at, sent, shown) => {
      const field = `${kind} ${withoutIndexes(at)}`
      if (sent === undefined) return false
      if (Object.hasOwn(OWNED, field)) return true
      return typeof sent === 'string' && typeof shown === 'string' && explain(formsOf(field), sent, shown) !== undefined
    },
    saw: (habit, deviation) => {
      if (deviation) open.push({ ...deviation, habit })
      else keep(habit, habit)
    },
    take: () => open.splice(0, open.length),
    isConsistent: (habit) => (kept.get(habit)?.size ?? 0) <= most(habit),
  }
}

const OWN = 'own value of '

/** The texts that the forms may make of one, each in its ways. */
const textsBy = (forms: readonly Form[], text: string): readonly string[] =>
  forms.reduce((texts, { rewrites }) => texts.flatMap((one) => rewrites.map((rewrite) => rewrite(one))), [text])

/** The fewest forms that turn the text into the one that was shown; undefined if no forms do. */
function explain(forms: readonly Form[], sent: string, shown: string): readonly Form[] | undefined {
  const subsets = Array.from({ length: 2 ** forms.length }, (_, mask) =>
    forms.filter((_form, bit) => mask & (2 ** bit)),
  )
  return subsets.toSorted((a, b) => a.length - b.length).find((some) => textsBy(some, sent).includes(shown))
}

/** True if the texts are the same but for a normal form. */
export const isSameName = (one: unknown, other: unknown): boolean =>
  typeof one === 'string' && typeof other === 'string' && normal(one) === normal(other)

const DOT_ABOVE = '\u0307'

const normal = (text: string) =>
  trimAscii(fold(lowerEach(text)))
    .trim()
    .normalize('NFC')
    .replaceAll(DOT_ABOVE, '')
