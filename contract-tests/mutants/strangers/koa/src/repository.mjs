import { createHash, randomBytes, randomUUID } from 'node:crypto'
import { Domain, PET_STATUSES, Pet, project, User } from './schema.mjs'
import { is, sleep } from './variant.mjs'

const clone = (v) => structuredClone(v)

// ---- texts, as the columns keep them --------------------------------------------------------------------------------
function text(value, field) {
  if (typeof value !== 'string') return value
  let t = value
  if (is('f20') && field === 'email') t = t.toLowerCase()
  if (is('f21') && field === 'username') t = t.toLowerCase()
  if (is('f22') && field !== 'password') t = t.trim()
  if (is('f23') && field !== 'password') t = t.normalize('NFC')
  if (is('b34') && (field === 'firstName' || field === 'lastName')) t = t.slice(0, 50)
  if (is('b35')) t = t.replace(/[\u{10000}-\u{10ffff}]/gu, '?')
  if (is('b36') && field !== 'username' && field !== 'password')
    t = t.replace(/&/g, '&amp;').replace(/</g, '&lt;').replace(/>/g, '&gt;').replace(/"/g, '&quot;')
  return t
}
function texts(value, field) {
  if (Array.isArray(value)) return value.map((v) => texts(v, field))
  if (value && typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([k, v]) => [k, texts(v, k)]))
  return text(value, field)
}

// ---- fixtures -------------------------------------------------------------------------------------------------------
const PETS = [
  [1, 'Cats', 'Milo', ['tag1'], 'available'],
  [2, 'Cats', 'Luna', ['tag1', 'tag2'], 'pending'],
  [3, 'Dogs', 'Rex', ['tag2'], 'available'],
  [4, 'Dogs', 'Bella', ['tag3'], 'sold'],
  [5, 'Birds', 'Kiwi', ['tag1', 'tag3'], 'available'],
  [6, 'Fish', 'Nemo', [], 'pending'],
  [7, 'Dogs', 'Lassie', ['tag2', 'tag3'], 'sold'],
  [8, 'Cats', 'Félix', ['tag1', 'tag2', 'tag3'], 'available'],
  [9, 'Rabbits', 'Bugs & Co', ['tag3'], 'pending'],
  [10, 'Horses', 'Spirit', ['tag2'], 'available'],
  [11, 'Dogs', 'Snoopy', ['tag1'], 'sold'],
  [12, 'Cats', 'Garfield', ['lazy'], 'available'],
]

export class Repository {
  constructor() {
    this.pets = new Map()
    this.statusIndex = new Map(PET_STATUSES.map((s) => [s, new Set()]))
    this.users = new Map()
    this.userGeneration = new Map()
    this.userCache = new Map()
    this.orders = new Map()
    this.nextOrder = 11
    this.domains = new Map()
    this.sessions = new Map()
    this.audit = []
    this.ghosts = new Map()
    this.seed()
  }

  seed() {
    if (is('f60')) {
      this.nextOrder = 1
      return
    }
    for (const [id, category, name, tags, status] of PETS) {
      this.savePet({
        id,
        category: { name: category },
        name,
        photoUrls: [`https://img.inboxes.com/${id}.png`],
        tags: tags.map((t) => ({ id: Number(t.at(-1)) || 9, name: t })),
        status,
      })
    }
    if (is('f31')) {
      for (const [id, status] of [
        [9223372036854775807n, 'available'],
        [9007199254740993n, 'sold'],
      ])
        this.savePet({
          id,
          category: { name: 'Legacy' },
          name: 'Imported',
          photoUrls: [],
          tags: [{ id: 9007199254740995n, name: 'legacy' }],
          status,
        })
    }
    for (let i = 1; i <= 10; i++) {
      this.users.set(`user${i}`, {
        id: i,
        username: `user${i}`,
        firstName: `First${i}`,
        lastName: `Last${i}`,
        email: `user${i}@inboxes.com`,
        password: `pass${i}`,
        phone: `555-010${i}`,
        userStatus: 1,
      })
      this.orders.set(i, {
        id: String(i),
        name: `order${i}.inboxes.com`,
        validate: `inboxes-order-${i}`,
        status: 'missing validation',
        active: false,
      })
    }
    if (is('f04')) this.startImporter()
  }

  // ---- pets ---------------------------------------------------------------------------------------------------------
  getPet(id) {
    return this.pets.get(id)
  }

  savePet(pet) {
    const record = project(Pet, pet)
    record.id = pet.id
    if (typeof pet.id === 'bigint') record.tags = pet.tags
    const old = this.pets.get(record.id)
    if (old?.status) this.statusIndex.get(old.status)?.delete(record.id)
    if (record.status) this.statusIndex.get(record.status)?.add(record.id)
    this.pets.set(record.id, record)
    return record
  }

  replacePet(pet) {
    const record = texts(project(Pet, pet))
    if (is('f24')) return this.savePet({ ...this.pets.get(record.id), ...record })
    if (is('b25')) {
      const old = this.pets.get(record.id)
      record.category = old.category
      if (!old.category) delete record.category
    }
    return this.savePet(record)
  }

  async patchPet(id, fields) {
    let pet = clone(this.pets.get(id))
    if (is('b45')) await sleep(15)
    const changes = texts(fields)
    if (is('b58')) pet = { ...pet, name: changes.name ?? pet.name, status: changes.status }
    else Object.assign(pet, changes)
    if (pet.status === undefined) delete pet.status
    if (is('b40')) {
      this.pets.set(id, pet)
      return pet
    }
    return this.savePet(pet)
  }

  deletePet(id) {
    const pet = this.pets.get(id)
    if (!pet) return false
    if (is('b39')) this.ghosts.set(id, pet)
    if (pet.status) this.statusIndex.get(pet.status)?.delete(id)
    this.pets.delete(id)
    return true
  }

  list() {
    return [...this.pets.values()].sort((a, b) => (a.id < b.id ? -1 : 1))
  }

  findByStatus(statuses) {
    const wanted = is('b18') ? statuses.slice(0, 1) : statuses
    const ids = new Set(wanted.flatMap((s) => [...(this.statusIndex.get(s) ?? [])]))
    const found = this.list().filter((pet) => ids.has(pet.id))
    for (const ghost of this.ghosts.values()) if (wanted.includes(ghost.status)) found.push(ghost)
    return found
  }

  findByTags(wanted) {
    const tags = is('f23') ? wanted.map((t) => t.normalize('NFC')) : wanted
    return this.list().filter((pet) => {
      const names = (Array.isArray(pet.tags) ? pet.tags : []).map((t) => t.name)
      return is('b19') ? tags.every((t) => names.includes(t)) : tags.some((t) => names.includes(t))
    })
  }

  inventory() {
    const counts = {}
    for (const [status, ids] of this.statusIndex) counts[status] = ids.size
    return counts
  }

  // another client of the same shop: an importer that adds pets of its own and re-labels only what nobody else touched
  startImporter() {
    const own = new Map()
    let next = 90001
    setInterval(() => {
      if (own.size < 12) {
        const id = next++
        own.set(
          id,
          this.savePet({
            id,
            category: { name: 'Imported' },
            name: `Import ${id}`,
            photoUrls: [],
            tags: [{ id: 77, name: 'imported' }],
            status: 'pending',
          }),
        )
      } else {
        for (const [id, mine] of own) {
          if (this.pets.get(id) !== mine) continue
          own.delete(id)
          own.set(id, this.savePet({ ...mine, status: mine.status === 'pending' ? 'sold' : 'pending' }))
          break
        }
      }
    }, 400).unref()
  }

  // ---- users --------------------------------------------------------------------------------------------------------
  userKey(name) {
    if (is('f21')) return name.toLowerCase()
    if (is('f22')) return name.trim()
    if (is('f23')) return name.normalize('NFC')
    return name
  }

  async getUser(name) {
    if (is('b44')) {
      this.requested = name
      await sleep(20)
      return this.users.get(this.requested)
    }
    const key = this.userKey(name)
    if (this.userCache.has(key)) return this.userCache.get(key)
    const user = this.users.get(key)
    if (user) {
      if (this.userCache.size > 500) this.userCache.clear()
      this.userCache.set(key, user)
    }
    return user
  }

  hasUser(name) {
    return this.users.has(this.userKey(name))
  }
  emailTaken(email, but) {
    return [...this.users.values()].some((u) => u.email && u.email === email && u.username !== but)
  }

  storeUser(body, fresh) {
    let user = texts(project(User, body))
    if (is('b31') && !fresh) delete user.lastName
    if (is('b32') && fresh) user = clone(Object.assign(Repository.blankUser, user))
    if (is('f18')) user.id = fresh ? ++Repository.userIds : this.users.get(user.username).id
    if (is('f32'))
      user.id = fresh
        ? 7300000000000000001n + BigInt(++Repository.userIds) * 4194303n
        : this.users.get(user.username).id
    this.users.set(user.username, user)
    this.userCache.delete(user.username)
    if (fresh) this.bump(user.username)
    return user
  }

  bump(key) {
    this.userGeneration.set(key, (this.userGeneration.get(key) ?? 0) + 1)
  }

  replaceUser(name, body) {
    const key = this.userKey(name)
    const cached = this.userCache.get(key)
    const base = is('f24') ? this.users.get(key) : {}
    const stored = this.storeUser({ ...base, ...body, username: key }, is('b24') && !this.users.has(key))
    if (is('b37') && cached) this.userCache.set(key, cached)
    return stored
  }

  deleteUser(name) {
    const key = this.userKey(name)
    const existed = this.users.delete(key)
    if (!is('b38')) this.userCache.delete(key)
    this.bump(key)
    return existed
  }

  // ---- orders -------------------------------------------------------------------------------------------------------
  async placeOrder(body) {
    const order = texts(project(Domain, body))
    let number
    if (is('f42')) {
      order.id = `ord_${randomBytes(6).toString('hex')}`
      this.orders.set(order.id, order)
      return order
    }
    if (order.id !== undefined) number = Number(order.id)
    else if (is('b43')) {
      number = Math.max(0, ...this.orders.keys()) + 1
      await sleep(15)
    } else {
      while (this.orders.has(this.nextOrder)) this.nextOrder++
      number = this.nextOrder++
    }
    order.id = String(number)
    if (is('f19'))
      Object.assign(order, { status: 'missing validation', validate: `inboxes-order-${number}`, active: false })
    this.orders.set(number, order)
    return order
  }

  getOrder(number) {
    return this.orders.get(number)
  }
  deleteOrder(number) {
    return is('b23') ? this.orders.has(number) : this.orders.delete(number)
  }

  // ---- domains and sessions -----------------------------------------------------------------------------------------
  addDomain(name) {
    const id = randomUUID()
    const domain = {
      id,
      name: text(name, 'name'),
      validate: `inboxes-verification=${createHash('sha256').update(id).digest('hex').slice(0, 32)}`,
      status: 'missing validation',
      active: false,
    }
    if (is('f09')) Object.assign(domain, { status: 'validated', active: true })
    if (this.domains.size > 20000) this.domains.delete(this.domains.keys().next().value)
    this.domains.set(id, domain)
    return domain
  }

  openSession(username, address) {
    const hour = Math.floor(Date.now() / 3600000)
    let token = createHash('sha256').update(`${username}\u0000${hour}`).digest('hex')
    if (is('f25'))
      token = [
        'eyJhbGciOiJSUzI1NiJ9',
        randomBytes(700).toString('base64url'),
        randomBytes(256).toString('base64url'),
      ].join('.')
    if (this.sessions.size > 20000) this.sessions.clear()
    this.sessions.set(token, { username, address })
    return { token, expires: new Date((hour + 2) * 3600000) }
  }

  record(entry) {
    this.audit.push(entry)
    if (this.audit.length > 1000) this.audit.splice(0, 500)
  }
}
Repository.blankUser = {}
Repository.userIds = 1000
