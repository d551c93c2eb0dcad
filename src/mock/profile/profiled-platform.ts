import { type ApiDocument, readDocument } from '../../openapi/document.ts'
import { DocumentError, locating } from '../../openapi/document-error.ts'
import { createValidator } from '../../openapi/validators/express-validator.ts'
import type { MatchedRequest } from '../exchange/matched-request.ts'
import type { Hooks } from '../hooks.ts'
import type { Fitted } from '../next-version/adapt-reply.ts'
import type { NextVersion } from '../next-version/next-version.ts'
import { callHandler, type ValidInput } from '../operations/index.ts'
import type { Api } from '../pipeline.ts'
import type { Platform } from '../platform.ts'
import type { Session } from '../sessions/session.ts'
import { sleep } from '../sleep.ts'
import { requireAcceptable } from '../validation/accept.ts'
import { editDocument } from './document-edit.ts'
import type { Effect, EffectOptions, Handle } from './effect.ts'
import { EFFECTS } from './effects/index.ts'
import type { NamedProfile } from './named-profile.ts'

/** The documents as profiles changed them, so that mocks of one profile share their validators. */
const known = new WeakMap<ApiDocument, Map<string, ApiDocument>>()

/** A platform whose mocks do what was observed. Throws a DocumentError if they are to be slow and no latency was observed. */
export function profiledPlatform(platform: Platform, named: NamedProfile, options: EffectOptions): Platform {
  const { profile, source } = named
  if (options.isSlow && profile.latency === undefined)
    throw new DocumentError(`${source} has no latency, and without it the mock cannot be as slow as the server.`)
  const effects = EFFECTS.flatMap((make) => make(profile, options) ?? [])
  const bases = new WeakMap<ApiDocument, ApiDocument>()
  const prepare = (base: ApiDocument) => {
    const document = observedDocument(base, named, effects)
    bases.set(document, base)
    return document
  }
  return {
    ...platform,
    prepare,
    loadDocument: (path) => prepare(platform.loadDocument(path)),
    nextVersion: (api, seed) => {
      const base = bases.get(api) ?? api
      return observing(effects, api, platform.nextVersion?.(base, seed))
    },
  }
}

/** The document with nodes for what was observed. */
function observedDocument(base: ApiDocument, named: NamedProfile, effects: readonly Effect[]): ApiDocument {
  const text = JSON.stringify(named.profile)
  const ofBase = known.get(base) ?? new Map<string, ApiDocument>()
  known.set(base, ofBase)
  const document = ofBase.get(text) ?? locating(named.source, named.lines, () => readObserved(base, effects))
  ofBase.set(text, document)
  return document
}

function readObserved(base: ApiDocument, effects: readonly Effect[]): ApiDocument {
  const json = structuredClone(base.json)
  const edit = editDocument(base, json)
  for (const { document } of effects) document?.(edit)
  return readDocument(json, { source: base.name, lines: base.lines, createValidator })
}

/** The steps of the API with the effects on them. */
function observing(effects: readonly Effect[], document: ApiDocument, base: NextVersion | undefined): NextVersion {
  const own: NextVersion = base ?? {
    handle: (operation, input, context) => callHandler(operation.id, input, context),
    adaptFor: () => async (_operation, reply, mediaType) => ({ reply, mediaType }),
    seedData: (seedData) => seedData,
    news: [],
  }
  return {
    ...own,
    handle: (operation, input, context) => {
      const base: Handle = (given) => own.handle(operation, given, context)
      const chain = effects.reduceRight<Handle>(
        (next, { handle }) => (handle ? (given) => handle(operation, given, context, next) : next),
        base,
      )
      return chain(input)
    },
    adaptFor: (other) => {
      const adapt = own.adaptFor(other)
      if (other !== document) return adapt
      return async (operation, reply, mediaType) => {
        const fitted = await adapt(operation, reply, mediaType)
        return effects.reduce<Fitted>((now, effect) => effect.reply?.(now, operation) ?? now, fitted)
      }
    },
    wrap: (api) => withEffects(api, effects),
  }
}

function withEffects(api: Api<Session>, effects: readonly Effect[]): Api<Session> {
  return {
    ...api,
    findHooks: async (matched, session) => {
      const { operation, request } = matched
      const ms = effects.reduce((sum, { wait }) => sum + (wait?.(operation, session) ?? 0), 0)
      if (ms > 0) await sleep(ms, request.signal)
      const early = effects.map((effect) => effect.early?.(matched)).find((response) => response !== undefined)
      if (early) return { name: 'profile', afterMatch: async () => early }
      return withInput(api, effects, matched, session, await api.findHooks?.(matched, session))
    },
    authenticate: (operation, request) => {
      api.authenticate(operation, request)
      for (const { authenticate } of effects) authenticate?.(operation, request)
    },
    negotiate: (operation, accept) =>
      effects.map(({ negotiate }) => negotiate?.(operation, accept)).find((type) => type !== undefined) ??
      requireAcceptable(operation, accept),
    unmatched: (response, request) =>
      effects.reduce((now, { unmatched }) => unmatched?.(now, request) ?? now, response),
  }
}

/** The hooks of a request, with those effects that change its input. */
function withInput(
  api: Api<Session>,
  effects: readonly Effect[],
  matched: MatchedRequest,
  session: Session,
  hooks: Hooks | undefined,
): Hooks | undefined {
  const changes = effects.flatMap(({ input }) => input ?? [])
  if (changes.length === 0) return hooks
  const handle = hooks?.handle ?? ((input: ValidInput) => api.handle(matched.operation, input, session))
  return { ...hooks, handle: (input) => handle(changes.reduce((now, change) => change(matched, now), input)) }
}
