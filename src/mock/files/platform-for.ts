import type { Profile } from '../../ways/profile.ts'
import type { Platform } from '../platform.ts'
import { profiledPlatform } from '../profile/profiled-platform.ts'
import { nodePlatform } from './node-platform.ts'
import { readProfile } from './read-profile.ts'

/** The platform of a mock in Node, with the profile if there is one. Throws a DocumentError if that cannot be used. */
export const platformFor = (profile: string | Profile | undefined): Platform =>
  profile === undefined ? nodePlatform : profiledPlatform(nodePlatform, readProfile(profile))
