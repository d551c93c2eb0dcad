// Playwright's types import zod, which Playwright does not bring. Ours import Playwright's, so bundling them needs a stand-in.
export type ZodTypeAny = unknown
export declare const z: unknown
