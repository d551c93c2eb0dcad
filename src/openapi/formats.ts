const DATE_TIME =
  /^(\d{4})-(0[1-9]|1[0-2])-(\d{2})[Tt]([01]\d|2[0-3]):[0-5]\d:([0-5]\d|60)(\.\d+)?([Zz]|[+-]([01]\d|2[0-3]):[0-5]\d)$/

/** True for a date-time of RFC 3339 (section 5.6) on a day that the calendar has. */
export function isDateTime(text: string): boolean {
  const [year = 0, month = 0, day = 0] = DATE_TIME.exec(text)?.slice(1, 4).map(Number) ?? []
  return day >= 1 && day <= daysIn(year, month)
}

const DAYS = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

function daysIn(year: number, month: number): number {
  const isLeapYear = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0)
  return month === 2 && isLeapYear ? 29 : (DAYS[month - 1] ?? 0)
}

const INT32 = 2 ** 31

/** The formats that are stricter here than in express-openapi-validator, as Ajv takes them. */
export const FORMATS = {
  /** 2^53 - 1 bounds what a JSON number carries exactly; beyond it an int64 would be rounded. */
  int64: { type: 'number' as const, validate: (value: number): boolean => Number.isSafeInteger(value) },
  'date-time': { type: 'string' as const, validate: isDateTime },
}

/** The formats of the package's own documents, as their compiled validators need them. */
export const PREPARED_FORMATS = {
  ...FORMATS,
  int32: {
    type: 'number' as const,
    validate: (value: number): boolean => Number.isInteger(value) && value >= -INT32 && value < INT32,
  },
  /** The bytes of a file are no text to look into. */
  binary: true as const,
}
