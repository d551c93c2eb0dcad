/**
 * Makes the source of the validators smaller for pages: leaves out descriptions, schemas and parameters that no code reads, and of
 * each error the path and the words that follow from the rest; errors are made by functions in place of copies of them.
 */
export const slimValidators = (source: string): string =>
  HELPERS +
  withoutUnusedSchemas(source)
    .replaceAll(/schemaPath:"[^"]*",/g, '')
    .replaceAll(/, ?parentData, ?parentDataProperty, ?rootData ?= ?data/g, '')
    .replaceAll(/,parentData:[^,{}]+,parentDataProperty:[^,{}]+,rootData(?=\})/g, '')
    .replaceAll(/"description":"(?:[^"\\]|\\.)*"(?:,|(?=\}))/g, '')
    .replaceAll(/,message:"must (?:be \w+|have required property '[^']*'|be equal to one of the allowed values)"/g, '')
    .replaceAll(ADDED, 'vErrors = addError(vErrors, $2);errors++;')
    .replaceAll(ERROR, (error, path = 'instancePath', keyword: string, params: string) => {
      const [, value] = PARAMS[keyword]?.exec(params) ?? []
      return value === undefined ? error : `${keyword}Error(${path}, ${value})`
    })

/** An error, and its way into the list of all, as Ajv 8 writes them. */
const ADDED =
  /const (err\d+) = (\{.*?\});if\(vErrors === null\)\{vErrors = \[\1\];\}else \{vErrors\.push\(\1\);\}errors\+\+;/g
const ERROR = /\{instancePath(?::([^,{}]+))?,keyword:"(\w+)",params:\{([^{}]*)\}\}/g

const PARAMS: Readonly<Record<string, RegExp>> = {
  type: /^type: ("\w+")$/,
  required: /^missingProperty: ("[^"]+")$/,
  enum: /^allowedValues: (.*)$/,
}

const HELPERS = `
const addError = (list, error) => list === null ? [error] : (list.push(error), list)
const typeError = (instancePath, type) => ({ instancePath, keyword: 'type', params: { type } })
const requiredError = (instancePath, missingProperty) => ({ instancePath, keyword: 'required', params: { missingProperty } })
const enumError = (instancePath, allowedValues) => ({ instancePath, keyword: 'enum', params: { allowedValues } })
`

/** A validator reads the values of enums alone of the schema that it was compiled from. They are written where they are read. */
function withoutUnusedSchemas(source: string): string {
  return source
    .split('\n')
    .map((line) =>
      [...line.matchAll(/const (schema\d+) = (\{.*?\});/g)].reduce((text, [declaration, name = '', json = '']) => {
        const short = withEnums(text, name, json)
        return isUsedOnce(short, name) ? short.replace(declaration, '') : short
      }, line),
    )
    .join('\n')
}

const isUsedOnce = (text: string, name: string) => text.split(new RegExp(`\\b${name}\\b`)).length === 2

function withEnums(text: string, name: string, json: string): string {
  return text.replaceAll(new RegExp(`\\b${name}((?:\\.\\w+)+)\\.enum\\b`, 'g'), (read, path: string) => {
    const found = path
      .split('.')
      .slice(1)
      .reduce<unknown>((node, key) => Reflect.get(Object(node), key), JSON.parse(json))
    const values: unknown = Reflect.get(Object(found), 'enum')
    return Array.isArray(values) ? JSON.stringify(values) : read
  })
}
