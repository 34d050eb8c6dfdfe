import type { AppContext } from './appTypes.ts'

/** The colours that a visitor has chosen, as apps/web/src/lib/theme.ts stores it; undefined for those of their system. */
export function chosenTheme(c: AppContext): string | undefined {
  return /(?:^|; *)worldloom_theme=(light|dark)(?:;|$)/.exec(c.req.header('cookie') ?? '')?.[1]
}
