import { expect, test } from '@jest/globals'
import { type Annotation, annotationLine, annotationLines, MOST_ANNOTATIONS } from './annotation.ts'

const remark = (message: string, kind: Annotation['kind'] = 'error'): Annotation => ({ kind, title: 'a', message })

test('an annotation is one line, with a file only if there is one', () => {
  expect(annotationLine({ ...remark('100%\n::error::x'), file: 'a,b:c.yaml', line: 7 })).toBe(
    '::error file=a%2Cb%3Ac.yaml,line=7,title=a::100%25%0A::error::x',
  )
  expect(annotationLine({ ...remark('no file'), line: 7 })).toBe('::error title=a::no file')
})

test('of each kind as many are given as GitHub shows, and the last says how many more there are', () => {
  const many = Array.from({ length: 13 }, (_, index) => remark(`number ${index}`))
  const lines = annotationLines([...many, remark('one', 'notice')], 'See the summary.')
  expect(lines.filter((line) => line.startsWith('::error'))).toHaveLength(MOST_ANNOTATIONS)
  expect(lines[9]).toBe('::error title=4 more::GitHub shows 10 of a step. See the summary.')
  expect(lines[10]).toBe('::notice title=a::one')
  expect(annotationLines(many.slice(0, 10), 'See.')[9]).toContain('number 9')
})
