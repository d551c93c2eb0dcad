/** The records as the server keeps them. */
export interface Pet {
  readonly id: number
  readonly name: string
  readonly photoUrls: readonly string[]
  readonly category?: { readonly name?: string }
  readonly tags?: readonly { readonly id?: number; readonly name?: string }[]
  readonly status?: string
}

export interface User {
  readonly username: string
  readonly id?: number
  readonly firstName?: string
  readonly lastName?: string
  readonly email?: string
  readonly password?: string
  readonly phone?: string
  readonly userStatus?: number
}

export interface Domain {
  readonly id: string
  readonly name?: string
  readonly validate?: string
  readonly status?: string
  readonly active?: boolean
}

/** The records that a server starts with. */
export interface Records {
  readonly pets: readonly Pet[]
  readonly users: readonly User[]
  readonly orders: readonly Domain[]
}

/** All that one server remembers. Orders are kept under the text of their id. */
export interface Store {
  readonly pets: Map<number, Pet>
  readonly users: Map<string, User>
  readonly orders: Map<string, Domain>
  readonly domains: Map<string, Domain>
}

/** A store of its own that holds the records. */
export const makeStore = ({ pets, users, orders }: Records): Store => ({
  pets: new Map(pets.map((pet) => [pet.id, pet])),
  users: new Map(users.map((user) => [user.username, user])),
  orders: new Map(orders.map((order) => [order.id, order])),
  domains: new Map(),
})
