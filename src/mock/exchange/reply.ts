import type { MockResponse } from './response.ts'

/** The reply of an operation, before it is validated and serialized. `value` is absent without a body. */
export interface Reply<Value = unknown> {
  readonly status: number
  readonly headers?: Readonly<Record<string, string>>
  readonly value?: Value
  /** Headers of the mock itself, which no document has. */
  readonly marks?: Readonly<Record<string, string>>
  /** The response itself, where it is not the mock's to validate. */
  readonly whole?: MockResponse
}

/** 200 with a value. */
export const ok = <Value>(value: Value, headers?: Record<string, string>): Reply<Value> => ({
  status: 200,
  value,
  ...(headers && { headers }),
})

/** 200 without a body. */
export const done = (): Reply<never> => ({ status: 200 })
