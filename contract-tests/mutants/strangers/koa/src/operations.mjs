import { FORM_TYPE as F, JSON_TYPE as J, MULTIPART_TYPE as M, XML_TYPE as X } from './http.mjs'

// `bad`: the status that refuses a bad [parameter, body]
export const OPERATIONS = [
  {
    id: 'addDomain',
    method: 'POST',
    path: '/domain',
    auth: true,
    produces: [J],
    consumes: [J],
    required: true,
    bad: [405, 405],
  },
  { id: 'updatePet', method: 'PUT', path: '/domain', auth: true, consumes: [J, X], required: true, bad: [400, 405] },
  {
    id: 'findPetsByStatus',
    method: 'GET',
    path: '/pet/findByStatus',
    auth: true,
    produces: [J, X],
    query: ['status'],
    bad: [400, 400],
  },
  {
    id: 'findPetsByTags',
    method: 'GET',
    path: '/pet/findByTags',
    auth: true,
    produces: [J, X],
    query: ['tags'],
    bad: [400, 400],
  },
  { id: 'getPetById', method: 'GET', path: '/pet/:petId', auth: true, produces: [J, X], bad: [400, 400] },
  { id: 'updatePetWithForm', method: 'POST', path: '/pet/:petId', auth: true, consumes: [F], bad: [405, 405] },
  { id: 'deletePet', method: 'DELETE', path: '/pet/:petId', auth: true, bad: [400, 400] },
  {
    id: 'uploadFile',
    method: 'POST',
    path: '/pet/:petId/uploadImage',
    auth: true,
    produces: [J],
    consumes: [M],
    bad: [400, 400],
  },
  { id: 'getInventory', method: 'GET', path: '/store/inventory', auth: true, produces: [J], bad: [400, 400] },
  {
    id: 'placeOrder',
    method: 'POST',
    path: '/store/order',
    produces: [J, X],
    consumes: [J],
    required: true,
    bad: [400, 400],
  },
  { id: 'getOrderById', method: 'GET', path: '/store/order/:orderId', produces: [J, X], bad: [400, 400] },
  { id: 'deleteOrder', method: 'DELETE', path: '/store/order/:orderId', bad: [400, 400] },
  { id: 'createUser', method: 'POST', path: '/user', consumes: [J], required: true, bad: [400, 400] },
  {
    id: 'createUsersWithListInput',
    method: 'POST',
    path: '/user/createWithList',
    consumes: [J],
    required: true,
    bad: [400, 400],
  },
  {
    id: 'loginUser',
    method: 'GET',
    path: '/user/login',
    produces: [J, X],
    query: ['username', 'password'],
    bad: [400, 400],
  },
  { id: 'logoutUser', method: 'GET', path: '/user/logout', bad: [400, 400] },
  { id: 'getUserByName', method: 'GET', path: '/user/:username', produces: [J, X], bad: [400, 400] },
  { id: 'updateUser', method: 'PUT', path: '/user/:username', consumes: [J], required: true, bad: [400, 400] },
  { id: 'deleteUser', method: 'DELETE', path: '/user/:username', bad: [400, 400] },
]

const templates = new Map()
for (const op of OPERATIONS) {
  if (!templates.has(op.path))
    templates.set(op.path, { path: op.path, parts: op.path.slice(1).split('/'), ops: new Map() })
  templates.get(op.path).ops.set(op.method, op)
}
const ordered = [...templates.values()].sort((a, b) => a.path.includes(':') - b.path.includes(':'))

/** The path below the base path → { ops, params (raw), path } or null. Fixed paths win. */
export function resolve(path) {
  const parts = path.slice(1).split('/')
  for (const t of ordered) {
    if (t.parts.length !== parts.length) continue
    const params = {}
    if (
      t.parts.every((p, i) =>
        p.startsWith(':') ? parts[i] !== '' && ((params[p.slice(1)] = parts[i]), true) : p === parts[i],
      )
    )
      return { ops: t.ops, params, template: t.path }
  }
  return null
}

export function allowOf(route, head = true) {
  const methods = [...route.ops.keys()]
  if (head && methods.includes('GET')) methods.push('HEAD')
  return [...methods, 'OPTIONS'].join(', ')
}
