import { readdirSync, readFileSync } from 'node:fs'
import { join, relative, resolve } from 'node:path'
import ts from 'typescript'
import { quantile } from '../bench/statistics.ts'
import { pathOf } from '../src/openapi/package-files.ts'
import { cyclesOf, depthOf, type Graph } from './import-graph.ts'

/** The figures of one source file. */
interface Source {
  readonly file: string
  readonly lines: number
  /** The lines of each function with a body in braces. */
  readonly functions: readonly number[]
  /** The files that it imports when it runs, and those that it takes types from. */
  readonly imports: readonly string[]
  readonly typeImports: readonly string[]
}

const FOLDERS = ['src', 'fixtures']
/** Neither tests nor generated files. */
const isSource = (file: string) =>
  /\.tsx?$/.test(file) && !/\.(test|test\.support|package|nginx|browser)\.ts$|\.d\.ts$|\/generated\//.test(file)

function sourcesIn(checkout: string, folder: string): Source[] {
  return readdirSync(join(checkout, folder), { recursive: true, encoding: 'utf8' })
    .map((file) => join(folder, file))
    .filter(isSource)
    .map((file) => readSource(checkout, file))
}

function readSource(checkout: string, file: string): Source {
  const text = readFileSync(join(checkout, file), 'utf8')
  const tree = ts.createSourceFile(file, text, ts.ScriptTarget.ES2023, true)
  const at = (target: string) => relative(checkout, resolve(checkout, file, '..', target))
  return {
    file,
    lines: text.split('\n').length - 1,
    functions: functionsOf(tree),
    imports: importsOf(tree, false).map(at),
    typeImports: importsOf(tree, true).map(at),
  }
}

function functionsOf(tree: ts.SourceFile): number[] {
  const found: number[] = []
  const visit = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) && 'body' in node && node.body && ts.isBlock(node.body as ts.Node))
      found.push(lineOf(tree, node.end) - lineOf(tree, node.getStart()) + 1)
    ts.forEachChild(node, visit)
  }
  visit(tree)
  return found
}

const lineOf = (tree: ts.SourceFile, position: number) => tree.getLineAndCharacterOfPosition(position).line

/** The relative files that a file imports, for their types alone or else to run. */
function importsOf(tree: ts.SourceFile, typesAlone: boolean): string[] {
  const found: string[] = []
  const visit = (node: ts.Node): void => {
    const specifier = specifierOf(node)
    if (specifier?.startsWith('.') && takesTypesAlone(node) === typesAlone) found.push(specifier)
    ts.forEachChild(node, visit)
  }
  visit(tree)
  return found
}

function specifierOf(node: ts.Node): string | undefined {
  if ((ts.isImportDeclaration(node) || ts.isExportDeclaration(node)) && node.moduleSpecifier)
    return (node.moduleSpecifier as ts.StringLiteral).text
  const isDynamic = ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword
  const [argument] = isDynamic ? node.arguments : []
  return argument && ts.isStringLiteral(argument) ? argument.text : undefined
}

function takesTypesAlone(node: ts.Node): boolean {
  if (ts.isExportDeclaration(node)) return node.isTypeOnly
  if (!ts.isImportDeclaration(node) || !node.importClause) return false
  const { phaseModifier, namedBindings, name } = node.importClause
  if (phaseModifier === ts.SyntaxKind.TypeKeyword) return true
  if (name || !namedBindings || !ts.isNamedImports(namedBindings)) return false
  return namedBindings.elements.every(({ isTypeOnly }) => isTypeOnly)
}

const graphOf = (sources: readonly Source[], of: (source: Source) => readonly string[]): Graph =>
  new Map(sources.map((source) => [source.file, of(source)]))

const HEAD = ['', 'files', 'lines a file', 'functions', 'lines a function', 'import depth', 'cycles', 'with types']

function rowOf(name: string, sources: readonly Source[]): string[] {
  const running = graphOf(sources, ({ imports }) => imports)
  const all = graphOf(sources, ({ imports, typeImports }) => [...imports, ...typeImports])
  const functions = sources.flatMap((source) => source.functions)
  const spread = (values: readonly number[]) =>
    [quantile(values, 0.5), quantile(values, 0.9), Math.max(...values)].map(Math.round).join(' / ')
  return [
    name,
    String(sources.length),
    spread(sources.map(({ lines }) => lines)),
    String(functions.length),
    spread(functions),
    String(depthOf(running)),
    String(cyclesOf(running).length),
    String(cyclesOf(all).length),
  ]
}

/** Prints the table of sizes of this checkout, or of the one whose path is given: median / 90 of 100 / most. */
function main(): void {
  const checkout = resolve(process.argv[2] ?? pathOf('.'))
  const folders = FOLDERS.map((folder) => [`${folder}/`, sourcesIn(checkout, folder)] as const)
  const rows = [...folders, ['both', folders.flatMap(([, sources]) => sources)] as const]
  const lines = [HEAD, HEAD.map(() => '---'), ...rows.map(([name, sources]) => rowOf(name, sources))]
  console.log(lines.map((cells) => `| ${cells.join(' | ')} |`).join('\n'))
}

main()
