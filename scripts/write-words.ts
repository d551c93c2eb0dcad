import { writeWords } from './words.ts'

await writeWords()
