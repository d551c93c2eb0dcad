import { input, refuse, valueIn, without, xml } from '../alter.ts'
import { inArea } from '../fault.ts'
import { XML_TYPE } from '../server/handling.ts'
import type { Pet } from '../server/store.ts'

const PET =
  '<Pet><id>1</id><name>Ann &amp; Bob</name><photoUrls>a</photoUrls><photoUrls>b</photoUrls><tags><name>t</name></tags></Pet>'
const isXmlBody = (type = '') => type.startsWith(XML_TYPE)

/** Changes a pet that came in XML. */
const xmlBody = (change: (pet: Readonly<Record<string, unknown>>) => unknown) =>
  input((pet, { request }) => (isXmlBody(request.headers['content-type']) ? change(pet) : pet))

/** XML replies that are not well-formed, or not what the schema or the JSON says; and XML requests misread. */
export const xmlFaults = inArea('xml', [
  {
    id: 'xml-ampersand-unescaped',
    operation: 'getPetById',
    summary: 'An ampersand stands bare in the text.',
    seams: xml((text) => text.replaceAll('&amp;', '&')),
    witness: async ({ getXml }) => (await getXml('/pet/4')).text.includes('& '),
  },
  {
    id: 'xml-markup-unescaped',
    operation: 'getUserByName',
    summary: 'A less-than sign stands bare in the text.',
    seams: xml((text) => text.replaceAll('&lt;', '<')),
    witness: async ({ getXml, put }) => {
      await put('/user/user1', { firstName: 'a<b' })
      return (await getXml('/user/user1')).text.includes('a<b')
    },
  },
  {
    id: 'xml-escaped-twice',
    operation: 'getPetById',
    summary: 'An ampersand is escaped twice.',
    seams: xml((text) => text.replaceAll('&amp;', '&amp;amp;')),
    witness: async ({ getXml }) => (await getXml('/pet/4')).text.includes('&amp;amp;'),
  },
  {
    id: 'xml-root-wrong',
    operation: 'getPetById',
    summary: 'The root of a pet has the name of its table.',
    seams: xml((text) => text.replace('<Pet>', '<row>').replace('</Pet>', '</row>')),
    witness: async ({ getXml }) => (await getXml('/pet/1')).text.includes('<row>'),
  },
  {
    id: 'xml-root-of-user-in-small-letters',
    operation: 'getUserByName',
    summary: 'The root of a user is not spelled as the schema.',
    seams: xml((text) => text.replace('<User>', '<user>').replace('</User>', '</user>')),
    witness: async ({ getXml }) => (await getXml('/user/user1')).text.includes('<user>'),
  },
  {
    id: 'xml-root-missing',
    operation: 'placeOrder',
    summary: 'The fields of an order stand without a root.',
    seams: xml((text) => text.replace(/<\/?Domain>/g, '')),
    witness: async ({ send }) =>
      !(await send('POST', '/store/order', { json: {}, accept: XML_TYPE })).text.includes('<Domain>'),
  },
  {
    id: 'xml-list-without-root',
    operation: 'findPetsByStatus',
    summary: 'The pets of a list stand side by side without a root.',
    seams: xml((text) => text.replace(/<\/?Pets>/g, '')),
    witness: async ({ getXml }) => (await getXml('/pet/findByStatus?status=sold')).text.includes('?><Pet>'),
  },
  {
    id: 'xml-token-bare',
    operation: 'loginUser',
    summary: 'The token stands without any element, which is no XML.',
    seams: xml((text) => text.replace(/<[^>]*>/g, '')),
    witness: async ({ getXml }) => !(await getXml('/user/login?username=new&password=a')).text.includes('<'),
  },
  {
    id: 'xml-root-unclosed',
    operation: 'getOrderById',
    summary: 'The end of the document is missing.',
    seams: xml((text) => text.replace('</DomainIn>', '')),
    witness: async ({ getXml }) => !(await getXml('/store/order/1')).text.includes('</DomainIn>'),
  },
  {
    id: 'xml-tags-wrapped',
    operation: 'getPetById',
    summary: 'Tags are wrapped though the document does not say so.',
    seams: valueIn<Pet>(XML_TYPE, (pet) => (pet.tags ? { ...pet, tags: { tag: pet.tags } } : pet)),
    witness: async ({ getXml }) => (await getXml('/pet/1')).text.includes('<tags><tag>'),
  },
  {
    id: 'xml-photos-wrapped-in-lists',
    operation: 'findPetsByStatus',
    summary: 'Photos are wrapped, in lists only.',
    seams: valueIn<Pet[]>(XML_TYPE, (pets) => pets.map((pet) => ({ ...pet, photoUrls: { photoUrl: pet.photoUrls } }))),
    witness: async ({ getXml }) => (await getXml('/pet/findByStatus?status=sold')).text.includes('<photoUrl>'),
  },
  {
    id: 'xml-last-photo-dropped',
    operation: 'getPetById',
    summary: 'Of several photos the last is missing in XML.',
    seams: valueIn<Pet>(XML_TYPE, (pet) => ({
      ...pet,
      photoUrls: pet.photoUrls.length > 1 ? pet.photoUrls.slice(0, -1) : pet.photoUrls,
    })),
    witness: async ({ getXml, put }) => {
      await put('/domain', { id: 1, name: 'a', photoUrls: ['first', 'last'] })
      return !(await getXml('/pet/1')).text.includes('last')
    },
  },
  {
    id: 'xml-last-pet-dropped',
    operation: 'findPetsByTags',
    summary: 'The last pet of a list is missing in XML.',
    seams: valueIn<Pet[]>(XML_TYPE, (pets) => pets.slice(0, -1)),
    witness: async ({ get, getXml }) => {
      const { list } = await get('/pet/findByTags?tags=tag1')
      return (await getXml('/pet/findByTags?tags=tag1')).text.split('<Pet>').length - 1 < list.length
    },
  },
  {
    id: 'xml-category-dropped',
    operation: 'getPetById',
    summary: 'The category is missing in XML.',
    seams: valueIn(XML_TYPE, (pet) => without(pet, 'category')),
    witness: async ({ getXml }) => !(await getXml('/pet/1')).text.includes('<category>'),
  },
  {
    id: 'xml-id-as-attribute',
    operation: 'getPetById',
    summary: 'The id is an attribute, which the document does not say.',
    seams: xml((text) => text.replace(/<Pet><id>(\d+)<\/id>/, '<Pet id="$1">')),
    witness: async ({ getXml }) => (await getXml('/pet/1')).text.includes('<Pet id="1">'),
  },
  {
    id: 'xml-name-twice',
    operation: 'getPetById',
    summary: 'The name stands twice though it is no list.',
    seams: xml((text) => text.replace(/<\/photoUrls><tags>/, '</photoUrls><name>other</name><tags>')),
    witness: async ({ getXml }) => (await getXml('/pet/1')).text.includes('<name>other</name>'),
  },
  {
    id: 'xml-names-in-snake-case',
    operation: 'getPetById',
    summary: 'photoUrls is spelled photo_urls in XML.',
    seams: xml((text) => text.replaceAll('photoUrls>', 'photo_urls>')),
    witness: async ({ getXml }) => (await getXml('/pet/1')).text.includes('photo_urls'),
  },
  {
    id: 'xml-id-with-fraction',
    operation: 'findPetsByTags',
    summary: 'Ids are written as 1.0.',
    seams: xml((text) => text.replace(/<id>(\d+)</g, '<id>$1.0<')),
    witness: async ({ getXml }) => (await getXml('/pet/findByTags?tags=tag1')).text.includes('<id>1.0<'),
  },
  {
    id: 'xml-boolean-in-capitals',
    operation: 'placeOrder',
    summary: 'A boolean is written True.',
    seams: xml((text) => text.replace('>true<', '>True<')),
    witness: async ({ send }) =>
      (await send('POST', '/store/order', { json: { active: true }, accept: XML_TYPE })).text.includes('>True<'),
  },
  {
    id: 'xml-text-padded',
    operation: 'getUserByName',
    summary: 'Indentation gets into the text.',
    seams: xml((text) => text.replace(/>([^<>]+)</g, '>\n  $1\n<')),
    witness: async ({ getXml }) => (await getXml('/user/user1')).text.includes('\n  user1\n'),
  },
  {
    id: 'xml-emoji-dropped',
    operation: 'getUserByName',
    summary: 'Characters beyond the basic plane are missing in XML.',
    seams: xml((text) => text.replace(/[\u{10000}-\u{10FFFF}]/gu, '')),
    witness: async ({ getXml, put }) => {
      await put('/user/user1', { firstName: 'a🦜' })
      return (await getXml('/user/user1')).text.includes('<firstName>a</firstName>')
    },
  },
  {
    id: 'xml-encoding-misdeclared',
    operation: 'getOrderById',
    summary: 'The XML declaration says UTF-16, the bytes are UTF-8.',
    seams: xml((text) => text.replace('UTF-8', 'UTF-16')),
    witness: async ({ getXml }) => (await getXml('/store/order/1')).text.includes('UTF-16'),
  },
  {
    id: 'xml-before-declaration',
    operation: 'findPetsByStatus',
    summary: 'An empty line stands before the XML declaration, which is an error.',
    seams: xml((text) => `\n${text}`),
    witness: async ({ getXml }) => (await getXml('/pet/findByStatus?status=sold')).text.startsWith('\n'),
  },
  {
    id: 'xml-html-entities',
    operation: 'getPetById',
    summary: 'Letters with accents are written as entities that XML does not know.',
    seams: xml((text) => text.replace(/[À-ÿ]/g, '&euml;')),
    witness: async ({ getXml }) => (await getXml('/pet/2')).text.includes('&euml;'),
  },
  {
    id: 'xml-stale',
    operation: 'getPetById',
    summary: 'XML comes from a cache that no update reaches.',
    seams: () => {
      const cache = new Map<string, string>()
      return {
        text: ({ type, input: { parameter } }, next) => {
          if (type !== XML_TYPE) return next()
          const text = cache.get(parameter) ?? next()
          cache.set(parameter, text)
          return text
        },
      }
    },
    witness: async ({ getXml, form }) => {
      await getXml('/pet/1')
      await form('/pet/1', 'name=fresh')
      return !(await getXml('/pet/1')).text.includes('fresh')
    },
  },
  {
    id: 'xml-user-email-dropped',
    operation: 'getUserByName',
    summary: 'The email is missing in XML.',
    seams: valueIn(XML_TYPE, (user) => without(user, 'email')),
    witness: async ({ getXml }) => !(await getXml('/user/user1')).text.includes('<email>'),
  },
  {
    id: 'xml-order-empty',
    operation: 'getOrderById',
    summary: 'An order has no fields in XML.',
    seams: valueIn(XML_TYPE, () => ({})),
    witness: async ({ getXml }) => (await getXml('/store/order/1')).text.includes('<DomainIn/>'),
  },
  {
    id: 'xml-request-refused',
    operation: 'updatePet',
    summary: 'A pet in XML is refused though the document offers it.',
    seams: refuse(({ request }) => isXmlBody(request.headers['content-type'])),
    witness: async ({ putXml }) => (await putXml('/domain', PET)).status === 405,
  },
  {
    id: 'xml-request-tags-lost',
    operation: 'updatePet',
    summary: 'The tags of a pet in XML are not stored.',
    seams: xmlBody((pet) => without(pet, 'tags')),
    witness: async ({ putXml, get }) => {
      await putXml('/domain', PET)
      return !('tags' in (await get('/pet/1')).object)
    },
  },
  {
    id: 'xml-request-first-photo-only',
    operation: 'updatePet',
    summary: 'Of repeated elements only the first is stored.',
    seams: xmlBody((pet) => ({ ...pet, photoUrls: (pet.photoUrls as string[]).slice(0, 1) })),
    witness: async ({ putXml, get }) => {
      await putXml('/domain', PET)
      return JSON.stringify((await get('/pet/1')).object.photoUrls) === '["a"]'
    },
  },
  {
    id: 'xml-request-entities-kept',
    operation: 'updatePet',
    summary: 'Escapes in XML are stored as they came.',
    seams: xmlBody((pet) => ({ ...pet, name: String(pet.name).replaceAll('&', '&amp;') })),
    witness: async ({ putXml, get }) => {
      await putXml('/domain', PET)
      return (await get('/pet/1')).object.name === 'Ann &amp; Bob'
    },
  },
  {
    id: 'xml-request-not-stored',
    operation: 'updatePet',
    summary: 'A pet in XML is accepted and dropped.',
    seams: () => ({
      reply: ({ request }, next) => (isXmlBody(request.headers['content-type']) ? { status: 200 } : next()),
    }),
    witness: async ({ putXml, get }) => {
      await putXml('/domain', PET)
      return (await get('/pet/1')).object.name === 'Biscuit'
    },
  },
])
