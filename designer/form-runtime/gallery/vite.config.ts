import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** `npx vite designer/form-runtime/gallery` shows every shipped form without a server. */
export default defineConfig({
  plugins: [react()],
  server: { port: 4600 },
  build: { rolldownOptions: { onwarn: (warning, warn) => (warning.code === 'MODULE_LEVEL_DIRECTIVE' ? undefined : warn(warning)) } },
})
