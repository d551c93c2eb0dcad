import { HugeAnswer } from '../http/answers/answer.ts'
import { type Reading, readAnswer } from '../http/answers/read-answer.ts'
import { RunEnded } from './run-ended.ts'
import { hugeAnswer } from './surroundings/unanswered.ts'

/** Reads an answer. Rejects with a RunEnded if it holds more than the run reads. */
export async function readOrEnd(...asked: Parameters<typeof readAnswer>): Promise<Reading> {
  try {
    return await readAnswer(...asked)
  } catch (error) {
    throw error instanceof HugeAnswer ? new RunEnded(hugeAnswer(error.message, asked[4])) : error
  }
}
