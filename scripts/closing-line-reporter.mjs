/** Ends the run with the one plain line that continuous integration reads; written at exit, since jest prints its own summary last. */
export default class ClosingLineReporter {
  onRunComplete(_contexts, results) {
    const failed = results.numFailedTests + results.numRuntimeErrorTestSuites
    const line = `Tests: ${results.numPassedTests} passed, ${failed} failed, ${results.numPendingTests + results.numTodoTests} skipped\n`
    process.once('exit', () => process.stdout.write(line))
  }
}
