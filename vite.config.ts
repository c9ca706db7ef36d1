import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'
import { precompress } from './web/build/precompress.ts'

const group = (name: string, test: RegExp, priority: number) => ({ name, test, priority })

/** The site: built into dist/web, served by the application itself. `npm run dev` forwards /api to it. */
export default defineConfig({
  publicDir: 'web/public',
  plugins: [react(), precompress()],
  build: {
    outDir: 'dist/web',
    emptyOutDir: true,
    // Says which chunk needs which: the tests weigh a page's first load by it.
    manifest: true,
    target: 'es2022',
    modulePreload: { polyfill: false },
    assetsInlineLimit: 2048,
    chunkSizeWarningLimit: 1200,
    rolldownOptions: {
      // antd marks every file with "use client": thousands of lines that would hide the warnings that matter.
      treeshake: {
        // Without it antd's text inputs bring all of its form and that form's validator along, for one context of it.
        moduleSideEffects: [
          { test: /[\\/]contracts[\\/]/, sideEffects: false },
          { test: /node_modules[\\/]@rc-component[\\/]form[\\/]/, sideEffects: false },
        ],
      },
      onwarn: (warning, warn) => {
        if (warning.code !== 'MODULE_LEVEL_DIRECTIVE') warn(warning)
      },
      output: {
        codeSplitting: {
          // A group takes its dependencies along: one for the designers' libraries would pull them into every page.
          groups: [
            group('react', /node_modules[\\/](react|react-dom|react-router|scheduler|@tanstack|i18next|react-i18next)[\\/]/, 30),
            // What most pages need comes in one piece: forty chunks of 1 KB each are forty requests on a slow phone.
            { ...group('shared', /./, 10), minShareCount: 14 },
          ],
        },
      },
    },
  },
  // The server compares a write's Origin with the Host, so the Host must stay the browser's.
  server: { port: 4700, proxy: { '/api': { target: process.env.BIHUAN_URL ?? 'http://127.0.0.1:8080', changeOrigin: false } } },
})
