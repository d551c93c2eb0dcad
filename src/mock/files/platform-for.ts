import { DEFAULTS } from '../defaults.ts'
import type { MockOptions } from '../options.ts'
import type { Platform } from '../platform.ts'
import { profiledPlatform } from '../profile/profiled-platform.ts'
import { nodePlatform } from './node-platform.ts'
import { readProfile } from './read-profile.ts'

/** The platform of a mock in Node, with the profile if there is one. Throws a DocumentError if that cannot be used. */
export function platformFor({ profile, latency = false, seed = DEFAULTS.seed }: MockOptions): Platform {
  if (profile !== undefined) return profiledPlatform(nodePlatform, readProfile(profile), { seed, isSlow: latency })
  if (latency) throw new RangeError('The option latency needs a profile, whose latency the mock has then.')
  return nodePlatform
}
