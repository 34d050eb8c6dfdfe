import { createSignal } from 'solid-js'
import { call, queryClient, type Tag, trpc } from '../../lib/api.ts'
import type { createAttempts } from '../../lib/attempts.ts'
import { Button } from '../../ui/button.tsx'
import { Field } from '../../ui/field.tsx'
import * as words from './words.ts'

/**
 * Makes a tag of a typed name, or takes the one of that name.
 *
 * @param onTag receives it
 */
export function createNewTag(
  worldId: () => string,
  known: () => readonly Pick<Tag, 'id' | 'name'>[],
  attempt: ReturnType<typeof createAttempts>['attempt'],
  onTag: (id: string) => void,
) {
  const [name, setName] = createSignal('')
  const isTyped = () => name().trim() !== ''
  const create = () =>
    attempt(async () => {
      const same = known().find((tag) => tag.name.toLowerCase() === name().trim().toLowerCase())
      const tag = same ?? (await call.tag.create.mutate({ worldId: worldId(), name: name() }))
      onTag(tag.id)
      setName('')
      await queryClient.invalidateQueries(trpc.tag.pathFilter())
    })
  return { name, setName, isTyped, create }
}

/** Where its name is typed; the form around it creates it. */
export function NewTag(props: { tag: ReturnType<typeof createNewTag>; isBusy: boolean }) {
  return (
    <div class="grid items-end gap-3 sm:grid-cols-[1fr_auto]">
      <Field label={words.newTag} name="name" value={props.tag.name()} onChange={props.tag.setName} autofocus={true} />
      <Button type="submit" disabled={props.isBusy || !props.tag.isTyped()}>
        {words.addTag}
      </Button>
    </div>
  )
}
