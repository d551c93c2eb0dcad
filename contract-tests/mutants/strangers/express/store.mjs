// In-memory repositories with the shelter's own seed data.
import { randomUUID } from 'node:crypto'
import { on, sleep } from './variant.mjs'

const big = (n) => (on('f27') ? 2305843009213693951n + BigInt(n) * 4099n : n)

const seedPets = [
  {
    id: big(101),
    category: { name: 'cats.shelter.test' },
    name: 'Minka',
    photoUrls: ['https://img.shelter.test/101.jpg'],
    tags: [
      { id: 1, name: 'indoor' },
      { id: 2, name: 'senior' },
    ],
    status: 'available',
  },
  {
    id: big(102),
    category: { name: 'cats.shelter.test' },
    name: 'Tom & Co',
    photoUrls: [],
    tags: [{ id: 1, name: 'indoor' }],
    status: 'pending',
  },
  {
    id: big(103),
    category: { name: 'dogs.shelter.test' },
    name: 'Bodo',
    photoUrls: ['https://img.shelter.test/103a.jpg', 'https://img.shelter.test/103b.jpg'],
    tags: [{ id: 3, name: 'outdoor' }],
    status: 'available',
  },
  {
    id: big(105),
    category: { name: 'dogs.shelter.test' },
    name: 'Ella',
    photoUrls: ['https://img.shelter.test/105.jpg'],
    tags: [],
    status: 'sold',
  },
  {
    id: big(108),
    name: 'Señor Pío',
    photoUrls: ['https://img.shelter.test/108.jpg'],
    tags: [
      { id: 4, name: 'bird' },
      { id: 2, name: 'senior' },
    ],
    status: 'available',
  },
  { id: big(110), category: { name: 'dogs.shelter.test' }, name: 'Wuff', photoUrls: [], status: 'pending' },
  {
    id: big(113),
    category: { name: 'fish.shelter.test' },
    name: 'Wanda',
    photoUrls: ['https://img.shelter.test/113.jpg'],
    tags: [{ id: 5, name: 'outdoors-never' }],
    status: 'sold',
  },
  {
    id: big(120),
    category: { name: 'cats.shelter.test' },
    name: 'Mau',
    photoUrls: [],
    tags: [{ id: 3, name: 'outdoor' }],
    status: 'available',
  },
]

class Pets {
  rows = new Map()
  replica = new Map() // the view of a lagging reader (f11)
  byStatus = new Map() // the list's index (b13)
  cache = new Map() // of answers or records (b18, b19)
  counts = {} // running counters (b29)
  changed = new Map()

  get(id) {
    return this.rows.get(String(id))
  }
  all() {
    return [...this.rows.values()]
  }

  async save(pet, by = 'put') {
    const key = String(pet.id)
    const before = this.rows.get(key)
    if (on('b06')) {
      // fault: the whole table is read, changed and written back
      const table = new Map(this.rows)
      await sleep(40)
      this.rows = table
    }
    this.rows.set(key, pet)
    this.changed.set(key, new Date())
    if (by !== 'form') this.byStatus.set(key, pet.status)
    if (!(on('b19') && by === 'form')) this.cache.delete(key)
    this.counts[pet.status] = (this.counts[pet.status] ?? 0) + 1
    if (before && before.status !== pet.status) this.counts[before.status]--
    else if (before && by !== 'put') this.counts[pet.status]--
    if (on('f11')) setTimeout(() => this.replica.set(key, pet), 1200)
    return pet
  }

  remove(id) {
    const key = String(id)
    const before = this.rows.get(key)
    if (!before) return false
    this.rows.delete(key)
    this.byStatus.delete(key)
    this.cache.delete(key)
    this.counts[before.status]--
    if (on('f11')) setTimeout(() => this.replica.delete(key), 1200)
    return true
  }

  listed() {
    const rows = on('f11') ? [...this.replica.values()] : this.all()
    return on('f14') ? rows.sort(() => Math.random() - 0.5) : rows
  }

  count() {
    if (on('b29')) return { ...this.counts }
    const now = { available: 0, pending: 0, sold: 0 }
    for (const pet of this.rows.values()) if (pet.status) now[pet.status]++
    return now
  }
}

class Users {
  rows = on('b34') ? {} : Object.create(null) // fault b34: a dictionary with inherited names
  credentials = new Map()
  next = 5000
  key(name) {
    return on('f21') ? name.toLowerCase() : on('f22') ? name.trim().normalize('NFC') : name
  }
  get(name) {
    return this.rows[this.key(name)]
  }
  all() {
    return Object.values(this.rows)
  }

  save(name, user) {
    const before = this.get(name)
    const record = { ...user, username: this.key(name) }
    if (on('f21') && record.email) record.email = record.email.toLowerCase()
    if (on('f20', 'f27')) record.id = before?.id ?? big(++this.next)
    this.rows[this.key(name)] = record
    if (!before || !on('b38')) this.credentials.set(this.key(name), record.password) // fault b38: not renewed
    return record
  }

  remove(name) {
    const key = this.key(name)
    if (on('b40')) for (const other of Object.keys(this.rows)) if (other.startsWith(key)) delete this.rows[other]
    delete this.rows[key]
    this.credentials.delete(key)
  }
}

class Orders {
  rows = new Map()
  cache = new Map()
  last = 0
  get(number) {
    return this.rows.get(number) ?? (on('b09') ? this.cache.get(number) : undefined)
  }

  nextNumber() {
    if (on('b30')) return this.rows.size + 1 // fault: numbers come again after a deletion
    do this.last++
    while (this.rows.has(this.last))
    return this.last
  }

  save(number, order) {
    this.rows.set(number, order)
    return order
  }
  remove(number) {
    return this.rows.delete(number)
  }
}

export const pets = new Pets()
export const users = new Users()
export const orders = new Orders()
export const domains = new Map()

for (const pet of seedPets) {
  pets.rows.set(String(pet.id), pet)
  pets.replica.set(String(pet.id), pet)
  pets.byStatus.set(String(pet.id), pet.status)
  pets.counts[pet.status] = (pets.counts[pet.status] ?? 0) + 1
}
users.save('keeper', {
  id: 1,
  username: 'keeper',
  firstName: 'Kim',
  lastName: 'Keeper',
  email: 'kim@shelter.test',
  password: 'kennel#1',
  phone: '+49 30 1',
  userStatus: 1,
})
users.save('night.shift', {
  id: 2,
  username: 'night.shift',
  firstName: 'Nora',
  email: 'nora@shelter.test',
  password: 'moon',
  userStatus: 0,
})
for (const name of ['adoption.test', 'food.test', 'toys.test']) {
  const number = orders.nextNumber()
  orders.save(number, { id: String(number), name, status: 'missing validation', active: false })
}

/** Somebody else's work on the same server (f33): own users, own orders, own pet. */
export function startOtherClients() {
  let n = 0
  const kiosk = { id: 900, name: 'Kiosk', photoUrls: [], tags: [{ id: 9, name: 'kiosk' }] }
  setInterval(async () => {
    n++
    users.save(`kiosk-${randomUUID()}`, { firstName: 'Kiosk', userStatus: n })
    const old = users.all().filter((user) => user.username.startsWith('kiosk-'))
    if (old.length > 5) users.remove(old[0].username)
    const number = orders.nextNumber()
    orders.save(number, { id: String(number), name: `kiosk${n}.test` })
    if (n % 3 === 0) pets.remove(kiosk.id)
    else await pets.save({ ...kiosk, status: ['available', 'pending', 'sold'][(n % 5) % 3], name: `Kiosk ${n}` })
  }, 180).unref()
}
