import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

/** `npx vite designer --config designer/form-runtime/gallery/vite.config.ts`: /form-runtime/gallery/ and /form-designer/gallery/ show every shipped form without a server. */
export default defineConfig({ plugins: [react()], server: { port: 4600 } })
