import { withHeaders } from '../../alter.ts'
import { inArea } from '../../fault.ts'
import { XML_TYPE } from '../../server/handling.ts'

/** Faults of media type that show on some records only. */
export const mediaTypeOfSome = inArea('media-type', [
  {
    id: 'application-range-refused',
    operation: 'getUserByName',
    summary: 'Accept: application/* is refused.',
    seams: () => ({
      type: ({ request }, next) => (request.headers.accept?.startsWith('application/*') ? undefined : next()),
    }),
    witness: async ({ get }) => (await get('/user/user1', { accept: 'application/*' })).status === 406,
  },
  {
    id: 'single-pet-xml-is-json',
    operation: 'findPetsByTags',
    summary: 'A list of one pet comes as JSON though XML was asked for.',
    seams: () => ({
      answer: (handling, next) => {
        const answer = next()
        const { reply, type } = handling
        return type === XML_TYPE && answer.status === 200 && Array.isArray(reply?.value) && reply.value.length === 1
          ? {
              ...answer,
              headers: withHeaders(answer, { 'Content-Type': 'application/json' }),
              body: Buffer.from(JSON.stringify(reply.value)),
            }
          : answer
      },
    }),
    witness: async ({ getXml, put }) => {
      await put('/domain', { id: 1, name: 'a', photoUrls: [], tags: [{ name: 'x' }] })
      return (await getXml('/pet/findByTags?tags=x')).headers['content-type'] === 'application/json'
    },
  },
])
