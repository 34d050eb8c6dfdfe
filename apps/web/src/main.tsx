import { QueryClientProvider } from '@tanstack/solid-query'
import { RouterProvider } from '@tanstack/solid-router'
import { render } from 'solid-js/web'
import { queryClient } from './lib/api.ts'
import { router } from './router.tsx'
import './styles.css'

const root = document.getElementById('root')
if (!root) throw new Error('index.html has no #root')

render(
  () => (
    <QueryClientProvider client={queryClient}>
      <RouterProvider router={router} />
    </QueryClientProvider>
  ),
  root,
)
