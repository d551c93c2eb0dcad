import { ok } from '../reply.ts'
import type { ControlHandler } from './context.ts'

/** Says that the process answers. */
export const getHealth: ControlHandler = () => ok({ status: 'ok' })

/** Says that the mock serves: it answers nothing before its document is read. */
export const getReady: ControlHandler = () => ok({ status: 'ok' })

/** Gives the control plane's own document. */
export const getDocument: ControlHandler = (_input, { documentText }) => ok(documentText)
