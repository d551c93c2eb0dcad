import { findLoss, type Tolerance } from '../../http/answers/compare.ts'
import { findXmlDifference } from '../../http/answers/xml-equality.ts'
import type { Schema } from '../../openapi/schema.ts'
import { defineCheck, type Observation } from './check.ts'
import { withoutIndexes } from './place.ts'

/** XML and JSON must say the same of a record. */
export const xmlEqualsJson = defineCheck({
  id: 'xml-equals-json',
  title: 'XML and JSON say the same',

  /** XML must hold what the answer in JSON held. */
  sameRecord: (json: unknown, xml: unknown, schema: Schema): Observation | undefined => {
    const difference = findXmlDifference(json, xml, schema)
    return (
      difference && {
        place: `200 ${withoutIndexes(difference.at)}`,
        expected: `${difference.at}: ${difference.expected}, as in JSON`,
        actual: difference.actual,
      }
    )
  },

  /** An order that is answered in XML must hold what was sent in JSON. */
  orderSent: (sent: object, xml: object, tolerance: Tolerance): Observation | undefined => {
    const shown = Object.entries(sent).filter(([name]) => Object.hasOwn(xml, name))
    const difference = findLoss(Object.fromEntries(shown), xml, tolerance)
    return (
      difference && {
        place: `an order as XML ${difference.at}`,
        expected: `${difference.at}: ${difference.expected}`,
        actual: difference.actual,
      }
    )
  },
})
