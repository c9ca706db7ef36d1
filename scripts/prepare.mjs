#!/usr/bin/env node
// Installs the packages, nothing else: the first step of continuous integration.
import { ensurePackages } from './install.mjs'

try {
  ensurePackages()
} catch (error) {
  console.error(error.message)
  process.exit(1)
}
