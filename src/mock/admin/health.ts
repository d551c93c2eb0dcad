import { ok } from '../exchange/reply.ts'
import type { AdminHandler } from './handler.ts'

/** Tells that the process answers. */
export const getHealth: AdminHandler<'getHealth'> = () => ok({ status: 'ok', product: 'inboxes-mock' })

/** Tells that the mock serves: it answers nothing before its document is read. */
export const getReady: AdminHandler<'getReady'> = () => ok({ status: 'ok', product: 'inboxes-mock' })

/** Gives the control plane's own document. */
export const getDocument: AdminHandler<'getDocument'> = (_input, { documentText }) => ok(documentText)
