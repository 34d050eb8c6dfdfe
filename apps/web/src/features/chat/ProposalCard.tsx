import { useQuery } from '@tanstack/solid-query'
import { readError } from '@worldloom/client'
import Check from 'lucide-solid/icons/check'
import X from 'lucide-solid/icons/x'
import { createSignal, For, Match, Show, Switch } from 'solid-js'
import { Dynamic } from 'solid-js/web'
import { call } from '../../lib/api.ts'
import { createAttempts } from '../../lib/attempts.ts'
import { dataOf } from '../../lib/dataOf.ts'
import { entityApi, fieldOf, kinds, refreshWorlds } from '../../lib/kinds.ts'
import { Button } from '../../ui/button.tsx'
import { Alert } from '../../ui/notice.tsx'
import * as common from '../../ui/words.ts'
import { EntityName } from '../entities/EntityName.tsx'
import { entityFields } from '../entities/entityFields.ts'
import { kindIcons } from '../entities/kindIcons.ts'
import { FieldValue } from '../records/FieldValue.tsx'
import type { Proposal } from './conversationState.ts'
import * as words from './words.ts'

/** A change proposed by the model. The person sees all of it and decides. */
export default function ProposalCard(props: { proposal: Proposal; onDecided: (proposal: Proposal) => void }) {
  const kind = () => kinds[props.proposal.kind]
  const { attempt, isBusy, failure } = createAttempts()
  /** The current version, if the entry was changed after the proposal. */
  const [changedTo, setChangedTo] = createSignal<number>()
  const isOpenUpdate = () => props.proposal.isUpdate && props.proposal.status === 'pending'
  const current = useQuery(() => ({
    ...entityApi(props.proposal.kind).byId.queryOptions({ id: props.proposal.entityId ?? '' }),
    enabled: isOpenUpdate() && props.proposal.entityId !== null,
  }))
  const fields = () => {
    const given = Object.entries(props.proposal.fields)
    const known = entityFields(kind(), true)
    return given.map(([name, value]) => ({
      field: known.find((field) => field.name === name) ?? {
        name,
        label: name,
        control: { as: 'line' } as const,
        initial: '',
      },
      value: value === null || value === undefined ? null : String(value),
    }))
  }
  const decide = (act: () => Promise<Proposal>) =>
    attempt(async () => {
      try {
        props.onDecided(await act())
      } catch (error) {
        const { reason } = readError(error)
        if (reason?.kind !== 'changed') throw error
        setChangedTo(versionOf(reason.current))
        await refreshWorlds()
        throw new Error(words.itWasChangedMeanwhileWhat)
      }
      void refreshWorlds()
    })
  const confirm = () => {
    const version = changedTo()
    return decide(() =>
      call.chat.confirm.mutate({ proposalId: props.proposal.id, ...(version && { entityVersion: version }) }),
    )
  }
  return (
    <section
      class="my-4 rounded-2xl border border-accent/60 bg-card p-4 shadow-card sm:p-5"
      aria-label={(props.proposal.isUpdate ? words.proposalToChange : words.proposalToAdd)(kind().wording.one)}
    >
      <h3 class="flex flex-wrap items-center gap-2.5 text-lg">
        <Dynamic
          component={kindIcons[props.proposal.kind]}
          class="size-5 shrink-0 text-accent"
          stroke-width={1.5}
          aria-hidden="true"
        />
        <Show when={props.proposal.isUpdate} fallback={words.newOne(kind().wording.one)}>
          <span>
            {words.change}{' '}
            <Show when={props.proposal.entityId} fallback={words.aChangedOne(kind().wording.one)}>
              {(id) => <EntityName kind={props.proposal.kind} id={id()} linked />}
            </Show>
          </span>
        </Show>
      </h3>
      <dl class="mt-3 grid gap-3 text-sm">
        <For each={fields()}>
          {({ field, value }) => (
            <div>
              <dt class="font-medium text-soft">{field.label}</dt>
              <Show when={isOpenUpdate() && dataOf(current)}>
                {(entity) => (
                  <dd class="mt-0.5 whitespace-pre-wrap text-soft line-through decoration-danger/60" dir="auto">
                    <FieldValue field={field} value={fieldOf(entity(), field.name)} />
                  </dd>
                )}
              </Show>
              <dd class="mt-0.5 max-h-72 overflow-y-auto whitespace-pre-wrap" dir="auto">
                <FieldValue field={field} value={value} />
              </dd>
            </div>
          )}
        </For>
      </dl>
      <Show when={failure()}>
        {(sentence) => (
          <div class="mt-4">
            <Alert>{sentence()}</Alert>
          </div>
        )}
      </Show>
      <Switch>
        <Match when={props.proposal.status === 'pending'}>
          <div class="mt-4 flex flex-wrap gap-3">
            <Button look="primary" disabled={isBusy()} onClick={confirm}>
              <Check class="size-4" aria-hidden="true" />
              {props.proposal.isUpdate ? words.changeIt : words.addIt}
            </Button>
            <Button
              look="quiet"
              disabled={isBusy()}
              onClick={() => decide(() => call.chat.dismiss.mutate({ proposalId: props.proposal.id }))}
            >
              <X class="size-4" aria-hidden="true" />
              {common.dismiss}
            </Button>
          </div>
          <p class="mt-3 text-xs text-soft">{words.nothingIsWrittenUntilYou}</p>
        </Match>
        <Match when={props.proposal.status === 'confirmed'}>
          <p class="mt-4 text-sm text-good" role="status">
            {props.proposal.isUpdate ? words.changed : words.added}:{' '}
            <Show when={props.proposal.entityId} fallback={words.itIsGoneByNow}>
              {(id) => <EntityName kind={props.proposal.kind} id={id()} linked />}
            </Show>
          </p>
        </Match>
        <Match when={props.proposal.status === 'dismissed'}>
          <p class="mt-4 text-sm text-soft" role="status">
            {words.dismissedNothingWasWritten}
          </p>
        </Match>
      </Switch>
    </section>
  )
}

function versionOf(current: unknown): number | undefined {
  const version: unknown = typeof current === 'object' && current !== null && Reflect.get(current, 'version')
  return typeof version === 'number' ? version : undefined
}
