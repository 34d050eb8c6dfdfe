/**
 * The classes of what surrounds a world's pages. Here, as the HTML that is shown before the app runs (firstPaint.ts) has
 * to look the same as the app's (routes/world.tsx).
 */
export const worldLayout = {
  root: 'w-full grow',
  grid: 'lg:grid lg:grid-cols-[15rem_minmax(0,1fr)]',
  sidebar:
    'sticky top-16 hidden h-[calc(100dvh-4rem)] overflow-y-auto overscroll-contain border-r border-line px-3 py-4 lg:block print:hidden',
  page: 'mx-auto w-full max-w-6xl px-4 py-4 outline-none sm:px-8',
  content: 'pt-4 pb-12',
} as const
