import { Presets, SingleBar } from 'cli-progress'

export interface Progress {
  /** @param steps how many more steps are done */
  advance(steps: number): void
  stop(): void
}

/** A progress bar on standard error if that is a terminal. @param total number of steps */
export function showProgress(label: string, total: number): Progress {
  if (!process.stderr.isTTY || total === 0) return { advance: () => {}, stop: () => {} }
  const bar = new SingleBar(
    {
      format: `${label} {bar} {percentage}% · {value} of {total} · {eta_formatted} left`,
      stream: process.stderr,
      hideCursor: true,
    },
    Presets.shades_classic,
  )
  bar.start(total, 0)
  return { advance: (steps) => bar.increment(steps), stop: () => bar.stop() }
}
