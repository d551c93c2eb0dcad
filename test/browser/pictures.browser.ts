import { afterAll, beforeAll, expect, test } from '@jest/globals'
import { createMock, type Mock, type Running } from '../../src/index.ts'
import { type Pages, startPages } from './page.test.support.ts'

let pages: Pages
let mock: Mock
let running: Running
beforeAll(async () => {
  pages = await startPages()
  mock = createMock()
  running = await mock.listen()
})
afterAll(async () => {
  await pages.close()
  await running.close()
})

/** For the page of another origin: the API, and the size of a picture by its URL. */
const HELPERS = () => `
  const api = ${JSON.stringify(running.url)}, headers = { api_key: 'special-key' }
  const petOf = async (id) => (await fetch(api + '/pet/' + id, { headers })).json()
  const sizeOf = (src) => new Promise((resolve, reject) => {
    const image = new Image()
    image.onload = () => resolve([image.naturalWidth, image.naturalHeight])
    image.onerror = () => reject(new Error('This picture does not load: ' + src))
    image.src = src
  })
  const upload = async (bytes, type, name) => {
    const body = new FormData()
    body.append('file', new File([bytes], name, { type }))
    const sent = await fetch(api + '/pet/1/uploadImage', { method: 'POST', headers, body })
    if (!sent.ok) throw new Error(await sent.text())
    return (await petOf(1)).photoUrls.at(-1)
  }`

test('the pictures of every pet load in a page of another origin', async () => {
  const sizes = await pages.run<number[][]>(`${HELPERS()}
    const pets = await Promise.all([1, 2, 3, 4, 5, 6, 7, 8, 9, 10].map(petOf))
    return Promise.all(pets.flatMap(({ photoUrls }) => photoUrls).map(sizeOf))`)
  expect(sizes.length).toBeGreaterThanOrEqual(10)
  expect(new Set(sizes.map(String))).toEqual(new Set(['320,240']))
})

test('the pictures load under a policy that allows data, as an element and as a background', async () => {
  const policy = `default-src 'self'; connect-src ${new URL(running.url).origin}; img-src data:; style-src 'unsafe-inline'`
  const loaded = await pages.run<number>(
    `${HELPERS()}
    const { photoUrls } = await petOf(1)
    const box = document.createElement('div')
    box.style.backgroundImage = 'url(' + photoUrls[0] + ')'
    if (!box.style.backgroundImage.includes('svg')) throw new Error('This is no background.')
    return (await Promise.all(photoUrls.map(sizeOf))).length`,
    { policy },
  )
  expect(loaded).toBe(3)
})

test('a picture that a page uploads can be shown and fetched again', async () => {
  const [size, same] = await pages.run<[number[], boolean]>(`${HELPERS()}
    const canvas = document.createElement('canvas')
    canvas.width = 37
    canvas.height = 21
    const bytes = new Uint8Array(await new Promise((resolve) => canvas.toBlob(async (blob) => resolve(await blob.arrayBuffer()))))
    const url = await upload(bytes, 'image/png', 'own.png')
    const back = new Uint8Array(await (await fetch(url)).arrayBuffer())
    return [await sizeOf(url), String(back) === String(bytes)]`)
  expect(size).toEqual([37, 21])
  expect(same).toBe(true)
})

test('nothing that is uploaded runs where a picture is shown', async () => {
  const ran = await pages.run<unknown>(`${HELPERS()}
    const script = 'top.ran = true; parent.ran = true; self.ran = true'
    const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9" onload="' + script + '"><script>' + script + '</' + 'script></svg>'
    const size = await sizeOf(await upload(svg, 'image/svg+xml', 'a.svg'))
    const page = await upload('<script>' + script + '</' + 'script>', 'text/html', 'a.html')
    for (const url of [page]) {
      const frame = document.createElement('iframe')
      frame.src = url
      document.body.append(frame)
      await new Promise((resolve) => setTimeout(resolve, 200))
    }
    return [size, globalThis.ran ?? 'nothing', page.slice(0, 29)]`)
  expect(ran).toEqual([[9, 9], 'nothing', 'data:application/octet-stream'])
})
