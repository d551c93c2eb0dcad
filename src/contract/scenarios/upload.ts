import { encodeMultipart, MULTIPART_TYPE } from '../cases/encode-body.ts'
import { isolation } from '../checks/isolation.ts'
import { status } from '../checks/status.ts'
import { isSuccess, statusOf } from '../interaction.ts'
import { checkOthers } from '../known-records.ts'
import type { Run } from '../run.ts'
import { giveEveryPart } from './put-pet.ts'
import { FULL, type Scenario } from './scenario.ts'

/** Every byte value, including line breaks and zero. */
const BYTES = Buffer.from(Array.from({ length: 256 }, (_, byte) => byte)).toString('latin1')

/** Uploads an image with and without metadata. The pet may get photos, but must not change otherwise. */
export const upload: Scenario = {
  name: 'uploading an image',
  operations: ['uploadFile', 'updatePet', 'getPetById'],
  modes: FULL,
  run: async (run, known) => {
    if (!known.subject) return
    const { id } = known.subject
    await giveEveryPart(run, known, known.subject)
    const before = await read(run, id)
    await send(run, id, 'a file with metadata', multipart('größe & more'))
    await send(run, id, 'a file alone', multipart())
    await send(run, id, 'a file of bytes that are no text', multipart('', BYTES))
    if (run.depth !== 'quick') await sendLarge(run, id)
    const after = await read(run, id)
    if (!isSuccess(before) || !isSuccess(after)) return
    run.check(isolation, after, isolation.afterUpload(before.value, after.value))
    // Later scenarios compare with this list, so it must not be an old one.
    const { name } = known.subject
    await checkOthers(run, known, id, 'an upload', (listed) => listed === undefined || listed.name === name)
  },
}

const read = (run: Run, petId: number) =>
  run.send('getPetById', { path: { petId }, accept: 'application/json', about: 'a pet around an upload' })

const send = (run: Run, petId: number, about: string, body: Buffer) =>
  run.send('uploadFile', {
    path: { petId },
    accept: 'application/json',
    type: MULTIPART_TYPE,
    body,
    about,
  })

/** The size of a small photo, in bytes, which every server of pictures must take. */
const SMALL_PHOTO = 200_000
/** Sizes at which buffers and limits end, in bytes. A server may refuse a file for its size. */
const SIZES = [70_000, 1_200_000]

async function sendLarge(run: Run, petId: number): Promise<void> {
  await send(run, petId, `a file of ${SMALL_PHOTO} bytes`, fileOf(SMALL_PHOTO))
  for (const size of SIZES) {
    const about = `a file of ${size} bytes`
    const body = fileOf(size)
    const sending = { path: { petId }, accept: 'application/json', type: MULTIPART_TYPE, body, expect: 'any' } as const
    const sent = await run.send('uploadFile', { ...sending, about })
    run.check(status, sent, status.fits(about, sent))
    if (statusOf(sent) === 413) run.remark(status, sent, status.houseRule('files have a limit', about, sent))
  }
}

const fileOf = (size: number) => multipart('', BYTES.repeat(Math.ceil(size / BYTES.length)))

/** A multipart body with a small file, whose content is given in latin1, and metadata if there is some. */
export const multipart = (metadata?: string, content = 'not really a picture'): Buffer =>
  encodeMultipart([
    ...(metadata ? [{ name: 'additionalMetadata', content: metadata }] : []),
    { name: 'file', filename: 'pet.png', type: 'image/png', content: Buffer.from(content, 'latin1') },
  ])
