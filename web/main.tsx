import { createRoot } from 'react-dom/client'
import { App } from './App.tsx'
import { setUpLanguage } from './i18n/setup.ts'
import { fetchPage } from './routes.tsx'
import './theme/base.css'

const place = document.getElementById('root')
if (!place) throw new Error('the page has no #root')
fetchPage(window.location.pathname)
await setUpLanguage()
createRoot(place).render(<App />)
