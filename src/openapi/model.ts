import type { components } from './generated/api.ts'

type Schemas = components['schemas']

export type Domain = Schemas['Domain']
export type DomainIn = Schemas['DomainIn']
export type User = Schemas['User']
export type Tag = Schemas['Tag']
export type Pet = Schemas['Pet']
export type ApiResponse = Schemas['ApiResponse']
export type Problem = Schemas['Problem']
export type ProblemError = Schemas['ProblemError']

export type PetStatus = NonNullable<Pet['status']>

/** A pet as it is kept: it always has an id. */
export type StoredPet = Pet & { readonly id: number }
/** A user as it is kept, under its name. */
export type StoredUser = User & { readonly username: string }
/** A domain as it is kept, under its id. */
export type StoredDomain = Domain & { readonly id: string }
/** An order: a Domain whose id is the order's number in decimal. */
export type Order = Domain & { readonly id: string }

/** A file that came in a multipart body, without its bytes. `size` is in bytes. */
export interface Upload {
  readonly filename: string
  readonly mediaType: string
  readonly size: number
}
