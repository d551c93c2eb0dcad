/** The exit codes of the command; `--help` lists them. */
export const EXIT = {
  done: 0,
  failed: 1,
  usage: 2,
  portInUse: 3,
  /** The exit code of shells for a command that was not found. */
  cannotRun: 127,
  /** As in shells: 128 plus the signal's number. */
  SIGHUP: 129,
  SIGINT: 130,
  SIGTERM: 143,
} as const
