import { createServer, type Server } from 'node:http'

const STATUSES = ['available', 'pending', 'sold'] as const

/** A server with so many pets, whose lists were written beforehand: it is quick, and its own memory does not count. */
export function manyPets(count: number): Server {
  const pets = Array.from({ length: count }, (_, index) => petOf(index + 1))
  const lists = new Map(
    [...STATUSES, STATUSES.join(',')].map((statuses) => {
      const listed = pets.filter(({ status }) => statuses.split(',').includes(status))
      const xml = `<Pets>${listed.map(xmlOf).join('')}</Pets>`
      return [statuses, { json: Buffer.from(JSON.stringify(listed)), xml: Buffer.from(xml) }] as const
    }),
  )
  const counts = Object.fromEntries(STATUSES.map((name) => [name, pets.filter(({ status }) => status === name).length]))
  return createServer(({ method, url = '', headers }, response) => {
    const { pathname, searchParams } = new URL(url, 'http://a')
    const isXml = headers.accept === 'application/xml'
    const send = (status: number, body: Buffer | string, type = isXml ? 'application/xml' : 'application/json') => {
      response.writeHead(status, { 'Content-Type': type, 'Content-Length': Buffer.byteLength(body) })
      response.end(method === 'HEAD' ? undefined : body)
    }
    if (headers.api_key !== 'special-key') return send(401, '')
    if (pathname === '/v2/store/inventory') return send(200, JSON.stringify(counts), 'application/json')
    const list = lists.get([...new Set((searchParams.get('status') ?? '').split(','))].join())
    if (pathname === '/v2/pet/findByStatus') return list ? send(200, isXml ? list.xml : list.json) : send(400, '')
    const pet = pets[Number(/^\/v2\/pet\/(\d+)$/.exec(pathname)?.[1] ?? 0) - 1]
    return pet ? send(200, isXml ? xmlOf(pet) : JSON.stringify(pet)) : send(404, '')
  })
}

const petOf = (id: number) => ({
  id,
  category: { id: (id % 7) + 1, name: `category ${id % 7}` },
  name: `pet number ${id}`,
  photoUrls: [`https://photos.example/pets/${id}.jpg`],
  tags: [
    { id: (id % 5) + 1, name: `tag${id % 5}` },
    { id: (id % 3) + 11, name: `other${id % 3}` },
  ],
  status: STATUSES[id % STATUSES.length] ?? 'sold',
})

function xmlOf({ id, category, name, photoUrls, tags, status }: ReturnType<typeof petOf>): string {
  const part = (element: string, of: { readonly id: number; readonly name: string }) =>
    `<${element}><id>${of.id}</id><name>${of.name}</name></${element}>`
  const photos = photoUrls.map((url) => `<photoUrls>${url}</photoUrls>`).join('')
  const tagged = tags.map((tag) => part('tags', tag)).join('')
  return `<Pet><id>${id}</id>${part('category', category)}<name>${name}</name>${photos}${tagged}<status>${status}</status></Pet>`
}
