import { pick, type Stream } from '../../../fixtures/stream.ts'
import { breakParts, formOf, partsOf } from './forms.ts'
import { anyPet, type Known, NO_IDS, segment } from './known.ts'
import { petOf, STATUSES } from './records.ts'
import {
  acceptBoth,
  acceptJson,
  FORM_TYPE,
  JSON_TYPE,
  OTHER_TYPES,
  stepOf,
  typeHeader,
  withKey,
  withoutKey,
  XML_TYPE,
} from './sent.ts'
import { breakXml, spellJson, spellXml, spoilXml } from './spell.ts'
import { breakJson, NO_RECORDS, spoil } from './spoil.ts'
import type { Step } from './step.ts'
import { happens, someText, tagName } from './words.ts'

/** Makes one request of a kind, from the records that are known. */
export type Make = (stream: Stream, known: Known) => Step

const petPath = (stream: Stream, known: Known) => `/pet/${segment(stream, String(anyPet(stream, known)))}`
const KEYLESS: readonly (readonly [operation: string, method: string, path: string])[] = [
  ['findPetsByStatus', 'GET', '/pet/findByStatus?status=sold'],
  ['findPetsByTags', 'GET', '/pet/findByTags?tags=tag1'],
  ['getInventory', 'GET', '/store/inventory'],
  ['getPetById', 'GET', '/pet/{}'],
  ['deletePet', 'DELETE', '/pet/{}'],
]

export const keyless: Make = (stream, { pets }) => {
  const [operation, method, path] = pick(stream, KEYLESS)
  return stepOf(operation, [method, path.replace('{}', String(pick(stream, pets)))], { headers: withoutKey(stream) })
}

/** Writes without the key have a body that is right: nothing else is wrong with them. */
export const keylessWrite: Make = (stream, { pets }) => {
  const id = pick(stream, pets)
  const json = { 'Content-Type': JSON_TYPE, ...withoutKey(stream) }
  const form = { 'Content-Type': FORM_TYPE, ...withoutKey(stream) }
  const { type, body } = partsOf(stream)
  return pick(stream, [
    stepOf('addDomain', ['POST', '/domain'], { headers: json, body: '{"name":"a.example"}' }),
    stepOf('updatePet', ['PUT', '/domain'], { headers: json, body: JSON.stringify(petOf(stream, id)) }),
    stepOf('updatePetWithForm', ['POST', `/pet/${id}`], { headers: form, body: formOf(stream) }),
    stepOf('uploadFile', ['POST', `/pet/${id}/uploadImage`], {
      headers: { ...withoutKey(stream), 'Content-Type': type },
      body,
    }),
  ])
}

export const addDomain: Make = (stream) => {
  const { headers, wants } = acceptJson(stream)
  const right = happens(stream, 0.6)
  const record = { name: `${someText(stream)}x` }
  const body = right ? spellJson(stream, record) : JSON.stringify(spoil(stream, record, 'text', []))
  return stepOf('addDomain', ['POST', '/domain'], {
    headers: { ...headers, ...withKey(stream), ...typeHeader(stream, JSON_TYPE) },
    wants,
    body:
      right || happens(stream, 0.5) ? body : pick(stream, [...NO_RECORDS, breakJson(stream, JSON.stringify(record))]),
  })
}

const REQUIRED_OF_PET = ['name', 'photoUrls']

export const putPet: Make = (stream, known) => {
  const pet = petOf(stream, anyPet(stream, known))
  return stepOf('updatePet', ['PUT', '/domain'], {
    headers: { ...withKey(stream), ...typeHeader(stream, JSON_TYPE) },
    body: spellJson(stream, pet),
  })
}

export const putWrongPet: Make = (stream, { pets }) => {
  const pet = petOf(stream, pick(stream, pets))
  const body = happens(stream, 0.6)
    ? JSON.stringify(spoil(stream, pet, 'number', REQUIRED_OF_PET))
    : pick(stream, [...NO_RECORDS, breakJson(stream, JSON.stringify(pet))])
  return stepOf('updatePet', ['PUT', '/domain'], { headers: { ...withKey(stream), 'Content-Type': JSON_TYPE }, body })
}

/** A required list without an element, and an empty element, are read in several ways. */
const xmlPetOf = (stream: Stream, id: number) => ({
  ...petOf(stream, id),
  photoUrls: [someText(stream), ...(happens(stream, 0.5) ? [someText(stream)] : [])],
  category: { name: someText(stream) },
})

export const putXmlPet: Make = (stream, known) =>
  stepOf('updatePet', ['PUT', '/domain'], {
    headers: { ...withKey(stream), ...typeHeader(stream, XML_TYPE) },
    body: spellXml(stream, xmlPetOf(stream, anyPet(stream, known))),
  })

export const putWrongXmlPet: Make = (stream, { pets }) => {
  const xml = `<Pet><id>${pick(stream, pets)}</id><name>a</name><photoUrls>b</photoUrls><status>sold</status></Pet>`
  return stepOf('updatePet', ['PUT', '/domain'], {
    headers: { ...withKey(stream), 'Content-Type': XML_TYPE },
    body: pick(stream, [breakXml, spoilXml])(stream, xml),
  })
}

const joint = (stream: Stream) => pick(stream, [',', ',', '%2C', ',%20', '%20,'])

function query(stream: Stream, name: string, values: readonly string[]): string {
  return `?${name}=${values.map(encodeURIComponent).join(joint(stream))}`
}

export const findByStatus: Make = (stream) => {
  const wanted = STATUSES.filter(() => happens(stream, 0.5))
  const values = wanted.length > 0 ? wanted : [pick(stream, STATUSES)]
  const search = happens(stream, 0.85)
    ? query(stream, 'status', values)
    : pick(stream, ['', '?status=solt', '?status=sold,solt', '?status=Sold', '?other=sold', '?status=constructor'])
  const { headers, wants } = acceptBoth(stream)
  return stepOf('findPetsByStatus', ['GET', `/pet/findByStatus${search}`], {
    headers: { ...headers, ...withKey(stream) },
    wants,
  })
}

export const findByTags: Make = (stream) => {
  const search = happens(stream, 0.92)
    ? query(
        stream,
        'tags',
        Array.from({ length: 1 + Math.floor(stream.next() * 3) }, () => tagName(stream)),
      )
    : pick(stream, ['', '?other=tag1'])
  const { headers, wants } = acceptBoth(stream)
  return stepOf('findPetsByTags', ['GET', `/pet/findByTags${search}`], {
    headers: { ...headers, ...withKey(stream) },
    wants,
  })
}

export const getPet: Make = (stream, known) => {
  const { headers, wants } = acceptBoth(stream)
  const method = happens(stream, 0.1) ? 'HEAD' : 'GET'
  return stepOf('getPetById', [method, petPath(stream, known)], { headers: { ...headers, ...withKey(stream) }, wants })
}

export const noPet: Make = (stream) => {
  const path = `/pet/${pick(stream, NO_IDS)}`
  const headers = withKey(stream)
  return pick(stream, [
    stepOf('getPetById', ['GET', path], { headers, demand: 'nothing' }),
    stepOf('deletePet', ['DELETE', path], { headers, demand: 'nothing' }),
    stepOf('updatePetWithForm', ['POST', path], {
      headers: { ...headers, 'Content-Type': FORM_TYPE },
      body: 'name=a',
      demand: 'nothing',
    }),
    stepOf('uploadFile', ['POST', `${path}/uploadImage`], {
      headers: { ...headers, 'Content-Type': 'multipart/form-data; boundary=b' },
      body: '--b--\r\n',
      demand: 'nothing',
    }),
  ])
}

export const postForm: Make = (stream, known) =>
  stepOf('updatePetWithForm', ['POST', petPath(stream, known)], {
    headers: { ...withKey(stream), ...typeHeader(stream, FORM_TYPE) },
    body: formOf(stream),
  })

export const deletePet: Make = (stream, { doomed }) => {
  const id = happens(stream, 0.25) ? pick(stream, doomed) : 6_000_000
  return stepOf('deletePet', ['DELETE', `/pet/${id}`], { headers: withKey(stream) })
}

export const upload: Make = (stream, known) => {
  const right = happens(stream, 0.85)
  const parts = right ? partsOf(stream) : breakParts(stream, partsOf(stream))
  const { headers, wants } = acceptJson(stream)
  const path = right ? petPath(stream, known) : `/pet/${pick(stream, known.pets)}`
  return stepOf('uploadFile', ['POST', `${path}/uploadImage`], {
    headers: { ...headers, ...withKey(stream), 'Content-Type': parts.type },
    wants,
    body: parts.body,
    demand: right ? 'exact' : 'open',
  })
}

export const inventory: Make = (stream) => {
  const { headers, wants } = acceptJson(stream)
  return stepOf('getInventory', [happens(stream, 0.1) ? 'HEAD' : 'GET', '/store/inventory'], {
    headers: { ...headers, ...withKey(stream) },
    wants,
  })
}

/** A valid body with a media type that the operation does not name. */
export const otherType: Make = (stream, { pets }) => {
  const headers = { ...withKey(stream), 'Content-Type': pick(stream, OTHER_TYPES) }
  const id = pick(stream, pets)
  return pick(stream, [
    stepOf('addDomain', ['POST', '/domain'], { headers, body: '{"name":"a.example"}' }),
    stepOf('updatePet', ['PUT', '/domain'], { headers, body: JSON.stringify(petOf(stream, id)) }),
    stepOf('updatePetWithForm', ['POST', `/pet/${id}`], { headers, body: 'name=other' }),
    stepOf('uploadFile', ['POST', `/pet/${id}/uploadImage`], { headers, body: partsOf(stream).body }),
    stepOf('createUser', ['POST', '/user'], { headers, body: '{"username":"other"}' }),
    stepOf('placeOrder', ['POST', '/store/order'], { headers, body: '{"name":"other"}' }),
  ])
}
