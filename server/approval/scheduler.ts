/** Runs `work` by itself, one after another; a fault is told and the next round tries again. */
export function makeScheduler(
  work: () => Promise<unknown>,
  onFault: (error: unknown) => void,
): { startScheduler(everyMs?: number): void; stopScheduler(): Promise<void> } {
  let timer: NodeJS.Timeout | null = null
  let running: Promise<unknown> = Promise.resolve()
  return {
    startScheduler(everyMs = 30_000) {
      if (timer) return
      const next = () => {
        running = work()
          .catch(onFault)
          .then(() => {
            if (timer) timer = setTimeout(next, everyMs)
          })
      }
      timer = setTimeout(next, 1_000)
    },
    async stopScheduler() {
      if (timer) clearTimeout(timer)
      timer = null
      await running
    },
  }
}
