import type { Plugin } from 'esbuild'

const VIEW = /[\\/]express[\\/]lib[\\/]view\.js$/

/**
 * For bundlers of users, not for speed. Leaves out the templates of Express 5.3.0, which the mock does not have: they load
 * their engine by a name that is known at run time, of which webpack warns. To go back: take it out of `bundle.ts`.
 */
export const withoutViews: Plugin = {
  name: 'without-views',
  setup: ({ onLoad }) => {
    onLoad({ filter: VIEW }, () => ({
      contents: `module.exports = function View() { throw new Error('The mock has no templates.') }`,
    }))
  },
}
