/** How the process ends; `--help` lists them. */
export const EXIT = {
  done: 0,
  failed: 1,
  usage: 2,
  portInUse: 3,
  /** As shells have it for a command that is not there. */
  cannotRun: 127,
  /** 128 and the signal's number, as shells have it. */
  SIGHUP: 129,
  SIGINT: 130,
  SIGTERM: 143,
} as const
