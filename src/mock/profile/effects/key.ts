import type { MakeEffect } from '../effect.ts'
import { restated } from '../restated.ts'

/** Another status for a missing or wrong key. */
export const key: MakeEffect = ({ key: observed }) =>
  observed && {
    document: ({ operations, addStatus, dropStatus }) => {
      for (const operation of operations.filter(({ secured }) => secured)) {
        addStatus(operation, observed.status, 401)
        if (observed.status !== 401) dropStatus(operation, 401)
      }
    },
    reply: (fitted, { secured }) =>
      secured && fitted.reply.status === 401 ? restated(fitted, observed.status) : fitted,
  }
