import type { components } from '../admin/generated/admin.ts'

type Schemas = components['schemas']

/** A report that is asked for: its kind, and the server. */
export type RunInput = Schemas['RunInput']
/** A run that goes on or has ended, without its key. */
export type Run = Schemas['Run']

/** How far a run is. */
export interface Progress {
  /** The name of the part that runs. */
  readonly step: string
  /** The number of parts before it, and of all. */
  readonly done: number
  readonly all: number
  readonly requests: number
}

/** A run that can begin. */
export interface PreparedRun {
  /** The address of the server, which may be shown: without user and password. */
  readonly baseUrl: string
  /** Resolves with the report, also if the signal ended it. */
  readonly start: (signal: AbortSignal, onProgress: (progress: Progress) => void) => Promise<object>
  /** Takes the key and other secrets out of a text. */
  readonly hide: (text: string) => string
}

/** Why no run can begin: a member of the input that none can have, and what it must be, or a sentence about something else. */
export type Mistake =
  | { readonly member: 'baseUrl' | 'apiKey'; readonly expected: string }
  | { readonly problem: string }

/**
 * Makes reports on other servers for a mock. The command hands it in: the mock knows neither the contract suite nor the comparison,
 * and a mock that is made by code has none.
 */
export type Runner = (input: RunInput) => Promise<PreparedRun | Mistake>
