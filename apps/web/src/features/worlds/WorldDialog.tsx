import { useMutation } from '@tanstack/solid-query'
import type { WorldTemplate } from '@worldloom/schema/world'
import { queryClient, type RouterInputs, trpc, type World } from '../../lib/api.ts'
import RecordDialog from '../records/RecordDialog.tsx'
import type { Draft, FormField } from '../records/recordFields.ts'
import * as words from './words.ts'
import { worldFields } from './worldFields.ts'

const templateTexts: Record<'' | WorldTemplate, { readonly label: string; readonly hint: string }> = {
  '': { label: words.templateBlank, hint: words.templateBlankHint },
  novel: { label: words.templateNovel, hint: words.templateNovelHint },
  campaign: { label: words.templateCampaign, hint: words.templateCampaignHint },
  example: { label: words.templateExample, hint: words.templateExampleHint },
}

const newWorldFields: readonly FormField[] = [
  ...worldFields.slice(0, 1),
  { name: 'template', label: words.startWith, control: { as: 'cards', options: templateTexts }, initial: '' },
  ...worldFields.slice(1),
]

/** Creates a world. What is written of it later is edited on its page. */
export default function WorldDialog(props: {
  /** Initial values. */
  initial?: Draft
  onClose: () => void
  onSaved: (world: World) => void
}) {
  const create = useMutation(() => trpc.world.create.mutationOptions())
  return (
    <RecordDialog<World>
      noun={words.world}
      title={words.aNewWorld}
      description={words.aNameIsEnoughToStart}
      fields={newWorldFields}
      draftKey="new"
      {...(props.initial && { initial: props.initial })}
      // The form's fields match these inputs: see above.
      create={({ template, ...values }) =>
        create.mutateAsync({ ...values, ...(template && { template }) } as RouterInputs['world']['create'])
      }
      onClose={props.onClose}
      onSaved={(world) => {
        queryClient.setQueryData(trpc.world.byId.queryKey({ id: world.id }), world)
        void queryClient.invalidateQueries(trpc.world.pathFilter())
        props.onSaved(world)
      }}
    />
  )
}
