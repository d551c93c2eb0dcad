const DAY = /^\d{4}-\d{2}-\d{2}$/

/** True for a day of the calendar, such as 2030-12-31. */
export const isDay = (text: string): boolean =>
  DAY.test(text) && new Date(Date.parse(text) || 0).toISOString().startsWith(text)
