/** The value's own property; undefined for a name that it only inherits, such as `constructor`. */
export const ownProperty = (value: object, name: string): unknown =>
  Object.hasOwn(value, name) ? Reflect.get(value, name) : undefined

/** Sets a property whatever its name is: an assignment to `__proto__` would change the prototype, or nothing. */
export function setProperty(target: Record<string, unknown>, name: string, value: unknown): void {
  if (name === '__proto__')
    Object.defineProperty(target, name, { value, configurable: true, enumerable: true, writable: true })
  else target[name] = value
}
