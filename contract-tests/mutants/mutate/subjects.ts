import { folderOf, STRANGERS } from '../strangers/strangers.ts'
import type { Subject } from './instrument.ts'

/** Two servers in JavaScript. The variants and the data of one stand in other files, those of the other among the code. */
const FILES: Readonly<Record<string, Pick<Subject, 'files' | 'switchedBy' | 'dataBy'>>> = {
  fastify: { files: ['server.mjs'], switchedBy: 'on' },
  hono: { files: ['server.mjs', 'codec.mjs'], dataBy: 'seed' },
}

/** The servers of which mutants are made. */
export const SUBJECTS: readonly Subject[] = STRANGERS.filter(({ id }) => Object.hasOwn(FILES, id)).map((stranger) => ({
  id: stranger.id,
  folder: folderOf(stranger),
  files: [],
  ...FILES[stranger.id],
}))
