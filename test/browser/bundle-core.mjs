// Prints engine/core, engine/bpmn and the random plays as one script for a browser. A process of its own: Vite cannot run within jest.
import { join } from 'node:path'
import { build } from 'vite'

const [result] = [
  await build({
    configFile: false,
    logLevel: 'error',
    root: import.meta.dirname,
    build: {
      write: false,
      minify: false,
      lib: { entry: join(import.meta.dirname, 'core-in-browser.ts'), formats: ['iife'], name: 'core' },
    },
  }),
].flat()
process.stdout.write(result.output.flatMap((each) => (each.type === 'chunk' ? [each.code] : [])).join('\n'))
