import { QueryClientProvider } from '@tanstack/solid-query'
import { RouterProvider } from '@tanstack/solid-router'
import { render } from 'solid-js/web'
import { queryClient } from './lib/api.ts'
import { requireLanguageTag } from './lib/browserLanguage.ts'
import { takeFirstData } from './lib/firstData.ts'
import { painted } from './lib/idle.ts'
import { startRouter } from './router.tsx'
import './styles.css'

/** Lets the browser paint and handle input between two tasks. */
const breathe = () => new Promise<void>((resolve) => setTimeout(resolve))

async function start(): Promise<void> {
  const root = document.getElementById('root')
  if (!root) throw new Error('index.html has no #root')
  // The shell in index.html.
  await painted()
  requireLanguageTag()
  takeFirstData()
  const router = startRouter()
  await breathe()
  // The page is loaded before it replaces the shell in index.html, so that nothing flashes in between.
  await router.load()
  await breathe()
  render(
    () => (
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    ),
    root,
  )
}

void start()
