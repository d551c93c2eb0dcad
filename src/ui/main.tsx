import './styles/base.css'
import './styles/layout.css'
import './styles/controls.css'
import './styles/tables.css'
import './styles/heat.css'
import './styles/views.css'
import { render } from 'preact'
import { AppProvider } from './app/app-context.ts'
import { createApp } from './app/create-app.ts'
import { Shell } from './app/shell.tsx'
import { ignoreStrayFiles } from './app/stray-files.ts'
import { applyTheme, readTheme } from './app/theme.ts'

applyTheme(readTheme())
ignoreStrayFiles()
const root = document.getElementById('page')
if (root)
  render(
    <AppProvider value={createApp()}>
      <Shell />
    </AppProvider>,
    root,
  )
