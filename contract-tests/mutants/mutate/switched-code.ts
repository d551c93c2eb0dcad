/** The part of Babel's syntax tree that is looked at. */
export interface CodeNode {
  readonly type: string
  readonly name?: string
  readonly id?: CodeNode | null
  readonly operator?: string
  readonly callee?: CodeNode
  readonly argument?: CodeNode
  readonly left?: CodeNode
  readonly right?: CodeNode
  readonly test?: CodeNode
  readonly consequent?: CodeNode | readonly CodeNode[]
  readonly alternate?: CodeNode | null
}

/** A place in the tree. */
export interface CodePath {
  readonly node: CodeNode
  readonly parent?: CodeNode
}

/** True for a function of this name. */
export const isFunction = ({ node }: CodePath, name: string | undefined): boolean =>
  node.type === 'FunctionDeclaration' && node.id?.name === name

/**
 * True for code that only runs when a variant is switched on: `on('b01')` itself, and all that stands behind it. A server's
 * mutants are those of its plain self.
 */
export const isSwitched = ({ node, parent }: CodePath, name: string): boolean =>
  asks(node, name) ||
  (node.type === 'IfStatement' && !node.alternate && isBehind(node.test, name)) ||
  isBranch(node, parent, name)

/** True for `on(…)`, and for what is true only with it. */
function asks(node: CodeNode, name: string): boolean {
  if (node.type === 'CallExpression') return node.callee?.type === 'Identifier' && node.callee.name === name
  if (node.type === 'UnaryExpression') return node.argument !== undefined && asks(node.argument, name)
  return node.type === 'LogicalExpression' && node.operator === '&&' && isBehind(node, name)
}

/** True for a condition that cannot hold unless a variant is on. */
function isBehind(node: CodeNode | undefined, name: string): boolean {
  if (node === undefined) return false
  if (node.type === 'CallExpression') return asks(node, name)
  return (
    node.type === 'LogicalExpression' &&
    node.operator === '&&' &&
    [node.left, node.right].some((side) => isBehind(side, name))
  )
}

/** True for the part of `on(…) ? a : b` and of `if (on(…)) a; else b` that a variant runs. */
const isBranch = (node: CodeNode, parent: CodeNode | undefined, name: string) =>
  ['ConditionalExpression', 'IfStatement'].includes(parent?.type ?? '') &&
  parent?.consequent === node &&
  isBehind(parent.test, name)
