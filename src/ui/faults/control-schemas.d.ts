/** The schemas of the control plane's document that forms are made of; `scripts/build-ui.ts` writes the module. */
declare module 'control-schemas' {
  const schemas: Readonly<Record<string, import('../form/schema.ts').Schema>>
  export default schemas
}
