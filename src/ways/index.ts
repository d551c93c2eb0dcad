import { allow } from './rows/allow.ts'
import { anotherName } from './rows/another-name.ts'
import { defaultMediaType } from './rows/default-media-type.ts'
import { emptyLists } from './rows/empty-lists.ts'
import { errorBody } from './rows/error-body.ts'
import { extraProperties } from './rows/extra-properties.ts'
import { fixedPaths } from './rows/fixed-paths.ts'
import { head } from './rows/head.ts'
import { invalidRequest } from './rows/invalid-request.ts'
import { inventoryKeys, inventoryZero } from './rows/inventory-keys.ts'
import { leftOpen } from './rows/left-open.ts'
import { leftOut } from './rows/left-out.ts'
import { listOrder } from './rows/list-order.ts'
import { lockOut } from './rows/lock-out.ts'
import { loginRequired } from './rows/login-required.ts'
import { missingKey } from './rows/missing-key.ts'
import { missingRecord } from './rows/missing-record.ts'
import { newDomains } from './rows/new-domains.ts'
import { normalisedTexts } from './rows/normalised-texts.ts'
import { options } from './rows/options.ts'
import { orderIds } from './rows/order-ids.ts'
import { ownFields } from './rows/own-fields.ts'
import { putLeavesOut } from './rows/put-leaves-out.ts'
import { refusalOrder } from './rows/refusal-order.ts'
import { repeatedKeys } from './rows/repeated-keys.ts'
import { retryAfter } from './rows/retry-after.ts'
import { success } from './rows/success.ts'
import { takenDomain } from './rows/taken-domain.ts'
import { takenUsername } from './rows/taken-username.ts'
import { tokens } from './rows/tokens.ts'
import { unacceptable } from './rows/unacceptable.ts'
import { uniqueEmails } from './rows/unique-emails.ts'
import { unknownPath } from './rows/unknown-path.ts'
import { unknownProperties } from './rows/unknown-properties.ts'
import { unknownQuery } from './rows/unknown-query.ts'
import { verification } from './rows/verification.ts'
import { wrongMethod } from './rows/wrong-method.ts'
import { wwwAuthenticate } from './rows/www-authenticate.ts'
import { xmlNames } from './rows/xml-names.ts'
import type { Way } from './way.ts'

/** Every way in which a server may differ by right. An earlier one explains an answer before a later one is asked. */
export const WAYS: readonly Way[] = [
  refusalOrder,
  missingKey,
  fixedPaths,
  options,
  head,
  unknownPath,
  wrongMethod,
  verification,
  loginRequired,
  uniqueEmails,
  takenUsername,
  anotherName,
  takenDomain,
  lockOut,
  unknownQuery,
  unknownProperties,
  repeatedKeys,
  invalidRequest,
  missingRecord,
  unacceptable,
  success,
  leftOpen,
  defaultMediaType,
  errorBody,
  wwwAuthenticate,
  retryAfter,
  allow,
  leftOut,
  putLeavesOut,
  ownFields,
  normalisedTexts,
  emptyLists,
  listOrder,
  inventoryKeys,
  inventoryZero,
  tokens,
  orderIds,
  newDomains,
  xmlNames,
  extraProperties,
]
