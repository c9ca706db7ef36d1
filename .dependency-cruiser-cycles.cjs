// Cycles, looked for after types have been taken away: the parser that reads TypeScript 7 cannot tell an import of a type from
// one of a value, and two types may well speak of each other. The directions of imports are .dependency-cruiser.cjs.
const { options } = require('./.dependency-cruiser.cjs')

module.exports = {
  forbidden: [
    { name: 'no-cycle', severity: 'error', comment: 'Nothing depends on itself, by whatever way.', from: {}, to: { circular: true } },
  ],
  options: { ...options, tsPreCompilationDeps: false },
}
