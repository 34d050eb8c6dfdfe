import { skipToken } from '@tanstack/solid-query'
import { createEffect, createSignal } from 'solid-js'
import { describe, expect, expectTypeOf, test } from 'vitest'
import { useSubscription } from '../src/index.ts'
import { setup } from './render.tsx'

describe('useSubscription', async () => {
  const { trpc, render, observed } = await setup()

  test('goes from connecting to pending, and shows the latest item', async () => {
    const statuses: string[] = []
    const items: number[] = []
    let started = 0
    const { findByText } = render(() => {
      const count = useSubscription(() =>
        trpc.count.subscriptionOptions(
          { from: 0 },
          {
            onStarted: () => started++,
            onData: (item) => {
              expectTypeOf(item).toEqualTypeOf<number>()
              items.push(item)
            },
          },
        ),
      )
      expectTypeOf(count.data).toEqualTypeOf<number | undefined>()
      createEffect(() => statuses.push(count.status))
      return (
        <p>
          {count.status} {count.data}
        </p>
      )
    })
    await findByText('pending 2')
    expect(statuses).toEqual(['connecting', 'pending'])
    expect(items).toEqual([0, 1, 2])
    expect(started).toBe(1)
  })

  test('ends on the server when its component goes', async () => {
    const { findByText, unmount } = render(() => {
      const count = useSubscription(() => trpc.count.subscriptionOptions({ from: 100 }))
      return <p>{count.data}</p>
    })
    await findByText('102')
    unmount()
    await expect.poll(() => observed.aborted).toContain('count 100')
  })

  test('another input is another subscription; another callback is not', async () => {
    const [from, setFrom] = createSignal(200)
    const [label, setLabel] = createSignal('a')
    const heard: string[] = []
    const { findByText } = render(() => {
      const count = useSubscription(() => {
        const name = label()
        return trpc.count.subscriptionOptions({ from: from() }, { onData: (item) => heard.push(`${name}${item}`) })
      })
      return <p>{count.data}</p>
    })
    await findByText('202')
    setLabel('b')
    await new Promise((resolve) => setTimeout(resolve, 30))
    expect(observed.calls.filter((call) => call === 'count 200')).toHaveLength(1)
    setFrom(300)
    await findByText('302')
    expect(observed.aborted).toContain('count 200')
    expect(heard).toContain('b302')
  })

  test('is idle while disabled or skipped, and begins when it may', async () => {
    const [from, setFrom] = createSignal<number>()
    const { getByText, findByText } = render(() => {
      const count = useSubscription(() => {
        const known = from()
        return trpc.count.subscriptionOptions(known === undefined ? skipToken : { from: known })
      })
      return (
        <p>
          {count.status} {count.data}
        </p>
      )
    })
    getByText('idle')
    setFrom(400)
    await findByText('pending 402')
    setFrom(undefined)
    await findByText('idle')
  })

  test('reset begins anew', async () => {
    const { findByText, getByRole } = render(() => {
      const count = useSubscription(() => trpc.count.subscriptionOptions({ from: 500 }))
      return (
        <button type="button" onClick={() => count.reset()}>
          {count.data}
        </button>
      )
    })
    await findByText('502')
    getByRole('button').click()
    await expect.poll(() => observed.calls.filter((call) => call === 'count 500').length).toBe(2)
    await findByText('502')
  })

  test("a tracked item comes with its id, and an error with tRPC's code", async () => {
    const { findByText } = render(() => {
      const events = useSubscription(() => trpc.tracked.subscriptionOptions())
      expectTypeOf(events.data).toEqualTypeOf<{ id: string; data: string } | undefined>()
      const failing = useSubscription(() => trpc.failing.subscriptionOptions())
      return (
        <>
          <p>{events.data && `${events.data.id} ${events.data.data}`}</p>
          <p>
            {failing.status} {failing.error?.data?.code}
          </p>
        </>
      )
    })
    await findByText('id-1 first')
    await findByText('error FORBIDDEN')
  })

  test('the state of the connection is told', async () => {
    const states: string[] = []
    render(() => {
      useSubscription(() =>
        trpc.count.subscriptionOptions({ from: 600 }, { onConnectionStateChange: ({ state }) => states.push(state) }),
      )
      return <p />
    })
    await expect.poll(() => states).toEqual(['connecting', 'pending'])
  })
})
