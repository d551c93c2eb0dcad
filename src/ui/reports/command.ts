export type Tool = 'contract' | 'drift'

/** The command that checks a server in safe mode, and writes the report as JSON. The key comes from INBOXES_API_KEY. */
export const commandFor = (tool: Tool, url: string): string =>
  `npx inboxes-mock ${tool} --base-url ${quoted(url.trim() || 'https://staging.example/v2')} --mode safe --report json=${tool}-report.json`

/** A text as one word of a POSIX shell. */
const quoted = (text: string) => (/^[\w:/.-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`)
