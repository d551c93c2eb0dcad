import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'

/**
 * Calls back when all whole requests of a connection are answered, with the response to one whose rest is malformed; never
 * if the connection ends before, or within an answer.
 */
export function afterAnswers(socket: Socket, answer: (response?: ServerResponse) => void): void {
  const response = responseOf(socket)
  if (!socket.writable) return
  // Node has put the next response in its place by the time that this listener is called.
  if (response?.req.complete) response.once('close', () => afterAnswers(socket, answer))
  else if (response?.headersSent) socket.destroy()
  else answer(response)
}

/** The response that a connection is at. Node keeps it there (lib/_http_server.js), and has no other way to tell. */
function responseOf(socket: Socket): ServerResponse | undefined {
  return Reflect.get(socket, '_httpMessage') ?? undefined
}
