import { ApiError } from '../../../openapi/api-error.ts'
import { successTypesOf } from '../../../openapi/operation.ts'
import { requireAcceptable } from '../../validation/accept.ts'
import type { MakeEffect } from '../effect.ts'

/** Another answer if nothing that is accepted can be had. */
export const unacceptable: MakeEffect = ({ unacceptable: observed }) =>
  observed && {
    negotiate: (operation, accept) => {
      try {
        return requireAcceptable(operation, accept)
      } catch (error) {
        if (!(error instanceof ApiError)) throw error
        const [first = ''] = successTypesOf(operation).toSorted()
        return first
      }
    },
  }

const OPEN: readonly (string | undefined)[] = [undefined, '', '*/*', 'application/*']

/** Another media type for clients that accept everything. */
export const defaultMediaType: MakeEffect = ({ defaultMediaType: observed }) =>
  observed && {
    negotiate: (operation, accept) => {
      const isOffered = successTypesOf(operation).includes(observed.mediaType)
      return isOffered && OPEN.includes(accept) ? observed.mediaType : undefined
    },
  }
