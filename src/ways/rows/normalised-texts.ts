import { listed } from '../operations.ts'
import { shownRecords } from '../records.ts'
import { isRightlyDone, type Seen } from '../seen.ts'
import type { Habit, Way } from '../way.ts'

/** One way to normalise a text. */
interface Form {
  readonly name: string
  readonly apply: (text: string) => string
}

const FORMS: readonly Form[] = [
  { name: 'small letters', apply: (text) => text.toLowerCase() },
  { name: 'no blanks around', apply: (text) => text.trim() },
  { name: 'NFC', apply: (text) => text.normalize('NFC') },
]

interface Text {
  readonly place: string
  readonly sent: string
  readonly shown: string
  readonly seen: Seen
}

const NAMED = ['placeOrder', 'addDomain']

const inNames = (all: readonly Seen[]): Text[] =>
  all
    .filter((seen) => NAMED.includes(seen.operation) && isRightlyDone(seen))
    .flatMap((seen) => {
      const [sent, shown] = [Object(seen.sent).name, Object(seen.raw).name]
      const place = seen.operation === 'addDomain' ? 'domains name' : 'orders name'
      return typeof sent === 'string' && typeof shown === 'string' ? [{ place, sent, shown, seen }] : []
    })

const inRecords = (all: readonly Seen[]): Text[] =>
  shownRecords(all).flatMap(({ kind, sent, shown, seen }) =>
    Object.entries(sent).flatMap(([name, text]) => {
      const other = shown[name]
      return typeof text === 'string' && typeof other === 'string'
        ? [{ place: `${kind}s ${name}`, sent: text, shown: other, seen }]
        : []
    }),
  )

/** The fewest forms that turn the text into the one that is shown; none if no forms do. */
function formsOf({ sent, shown }: Text): string {
  const subsets = Array.from({ length: 2 ** FORMS.length }, (_, mask) =>
    FORMS.filter((_form, bit) => mask & (2 ** bit)),
  )
  const found = subsets
    .toSorted((a, b) => a.length - b.length)
    .find((some) => some.reduce((text, { apply }) => apply(text), sent) === shown)
  return (found ?? []).map(({ name }) => name).join(' and ')
}

/** Texts that are stored in another form than they were sent in. */
function read(all: readonly Seen[]): Habit[] {
  return [...inNames(all), ...inRecords(all)].map((text) => {
    const does = text.sent === text.shown ? 'as sent' : formsOf(text) || 'as sent'
    return { place: text.place, does, seen: [text.seen] }
  })
}

export const normalisedTexts: Way = {
  id: 'normalised-texts',
  question: 'Texts that a server normalises (letter case of emails, usernames and domains, blanks around a text, NFC)',
  mock: ['as sent'],
  part: 'shape',
  group: () => 'texts',
  read,
  say: ({ live, places }, server) =>
    `${server} stores texts in another form, with ${live.replaceAll(' or ', ', ')}: ${listed(places.map((place) => place.replace(/^(\w+) (\w+)$/, '`$2` of $1')))}; the mock as sent`,
}
