/** A method as the package's compiler wrote it: an assignment to a prototype, up to the brace that closes it. */
const METHOD = /^ {4}\w+\.prototype\.(\w+) = function.*?^ {4}\};$/gms

/** Another name of a method, for users of earlier versions. */
const ALIAS = /^BTree\.prototype\.\w+ = BTree\.prototype\.\w+;.*$/gm

/**
 * Leaves out the methods of sorted-btree that nothing calls: a bundler keeps all methods of a class. `called` are those that
 * our own code calls; what they call is kept too. Throws if one is not found, as another version may be written otherwise.
 */
export function withoutUnusedMethods(source: string, called: readonly string[]): string {
  const methods = [...source.matchAll(METHOD)].map(([text, name = '']) => ({ text, name }))
  const missing = called.find((name) => methods.every((method) => method.name !== name))
  if (missing !== undefined) throw new Error(`sorted-btree has no method ${missing}. Look at how it is written.`)
  const kept = new Set(called)
  const texts = [source.replaceAll(METHOD, '').replaceAll(ALIAS, '')]
  const isCalled = (name: string) => kept.has(name) || texts.some((text) => new RegExp(`\\.${name}\\(`).test(text))
  for (let count = 0; count < texts.length; ) {
    count = texts.length
    for (const { text, name } of methods) if (!texts.includes(text) && isCalled(name)) texts.push(text)
  }
  return source.replaceAll(ALIAS, '').replaceAll(METHOD, (text) => (texts.includes(text) ? text : ''))
}
