// Playwright's types name a package that it does not bring. To bundle ours, which name Playwright's, it must be something.
export type ZodTypeAny = unknown
export declare const z: unknown
