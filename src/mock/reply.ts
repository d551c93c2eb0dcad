/** The reply of an operation, before it is validated and serialized. `value` is absent without a body. */
export interface Reply {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly value?: unknown
}

/** 200 with a value. */
export const ok = (value: unknown, headers?: Record<string, string>): Reply => ({
  status: 200,
  value,
  ...(headers && { headers }),
})

/** 200 without a body. */
export const done = (): Reply => ({ status: 200 })
