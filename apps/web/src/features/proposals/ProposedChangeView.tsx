import { formatWorldDate } from '@worldloom/schema/calendar/writeWorldDate'
import ArrowRight from 'lucide-solid/icons/arrow-right'
import LinkIcon from 'lucide-solid/icons/link'
import { For, type JSX, Match, Show, Switch } from 'solid-js'
import { Dynamic } from 'solid-js/web'
import type { ProposedChange } from '../../lib/api.ts'
import { kinds } from '../../lib/kinds.ts'
import { EntityLink } from '../entities/EntityLink.tsx'
import { kindIcons } from '../entities/kindIcons.ts'
import { FieldChange } from '../history/FieldChange.tsx'
import { fieldLabel } from '../history/fieldLabel.ts'
import { useCalendar } from '../time/calendar.ts'
import * as words from './words.ts'

interface Props {
  readonly change: ProposedChange
  readonly worldId: string
  /** The names of what the change set creates, by local name. */
  readonly names: ReadonlyMap<string, string>
  /** Whether it has been decided on: then it is compared with what was there. */
  readonly isDecided: boolean
  readonly inCard: boolean
}

/** One change of a change set, with what would be different. */
export function ProposedChangeView(props: Props) {
  const icon = () => (props.change.kind ? kindIcons[props.change.kind] : LinkIcon)
  return (
    <li
      class={
        props.inCard ? 'border-t border-line pt-4' : 'rounded-3xl border border-line bg-card p-5 shadow-card sm:p-6'
      }
    >
      <h3 class="flex items-start gap-2.5 text-lg">
        <Dynamic component={icon()} class="mt-1 size-5 shrink-0 text-accent" stroke-width={1.5} aria-hidden="true" />
        <span class="min-w-0 break-words">
          <Heading {...props} />
        </span>
      </h3>
      <Show when={props.change.isOutdated && !props.isDecided}>
        <p class="mt-2 text-sm text-soft">{words.outdated}</p>
      </Show>
      <Show when={props.change.isGone}>
        <p class="mt-2 text-sm text-danger">{props.change.action === 'link' ? words.linkGone : words.goneByNow}</p>
      </Show>
      <Show when={props.change.along > 0}>
        <p class="mt-2 text-sm text-danger">{words.alongGoes(props.change.along)}</p>
      </Show>
      <Show when={props.change.link}>{(link) => <LinkView link={link()} {...props} />}</Show>
      <Show when={props.change.action === 'update' && props.change.fields.length === 0 && !props.change.isGone}>
        <p class="mt-2 text-sm text-soft">{words.sameAsNow}</p>
      </Show>
      <Show when={props.change.fields.length > 0}>
        <dl class="mt-4 grid gap-4">
          <For each={props.change.fields}>
            {(field) => (
              <div>
                <dt class="text-xs font-medium text-soft">{fieldLabel(props.change.kind ?? 'thing', field.field)}</dt>
                <dd class="mt-1">
                  <FieldChange
                    kind={props.change.kind ?? 'thing'}
                    field={field}
                    names={props.names}
                    isNew={props.change.action === 'create' || props.change.isGone}
                  />
                </dd>
              </div>
            )}
          </For>
        </dl>
      </Show>
    </li>
  )
}

function Heading(props: Props) {
  const kind = () => (props.change.kind ? kinds[props.change.kind].wording.one : words.entry)
  const name = (): JSX.Element => {
    const { kind: of, id, displayName } = props.change
    if (!of || !id) return <bdi class="font-medium">{displayName}</bdi>
    return <EntityLink worldId={props.worldId} kind={of} id={id} name={displayName} />
  }
  return (
    <Switch fallback={words.linkIt}>
      <Match when={props.change.action === 'create'}>{words.createIt(kind(), name())}</Match>
      <Match when={props.change.action === 'update'}>{words.changeIt(kind(), name())}</Match>
      <Match when={props.change.action === 'delete'}>{words.deleteIt(kind(), name())}</Match>
    </Switch>
  )
}

function LinkView(props: Props & { readonly link: NonNullable<ProposedChange['link']> }) {
  const calendar = useCalendar()
  const dates = () =>
    [props.link.beganOn, props.link.endedOn].map((date) => (date ? formatWorldDate(calendar(), date) : '')).join(' – ')
  const end = (given: (typeof props.link)['from']) =>
    given.id ? (
      <EntityLink worldId={props.worldId} kind={given.kind} id={given.id} name={given.displayName} />
    ) : (
      <bdi class="font-medium">{given.displayName}</bdi>
    )
  return (
    <>
      <p class="mt-3 flex flex-wrap items-center gap-x-2 gap-y-1">
        {end(props.link.from)}
        <span class="text-soft">{props.change.displayName}</span>
        <ArrowRight class="size-4 text-soft" aria-hidden="true" />
        {end(props.link.to)}
      </p>
      <Show when={props.link.beganOn || props.link.endedOn}>
        <p class="mt-1 text-sm text-soft">{dates()}</p>
      </Show>
      <Show when={props.link.note}>
        <p class="mt-1 text-sm break-words whitespace-pre-wrap" dir="auto">
          {props.link.note}
        </p>
      </Show>
    </>
  )
}
