import { useQuery } from '@tanstack/solid-query'
import { createMemo, createSignal, Show } from 'solid-js'
import { type Connection, call, type LinkKind, trpc } from '../../lib/api.ts'
import { createAttempts } from '../../lib/attempts.ts'
import { dataOf } from '../../lib/dataOf.ts'
import { type Entity, refreshWorlds } from '../../lib/kinds.ts'
import { Button } from '../../ui/button.tsx'
import { Choice } from '../../ui/choice.tsx'
import { Dialog, dialogActions } from '../../ui/dialog.tsx'
import { Field } from '../../ui/field.tsx'
import { Alert } from '../../ui/notice.tsx'
import * as common from '../../ui/words.ts'
import EntityPicker from '../records/EntityPicker.tsx'
import { WorldDateField } from '../time/WorldDateField.tsx'
import { showChanged } from '../undo/showChanged.ts'
import * as words from './words.ts'

/** One way to read a kind of link from an entry. */
interface Reading {
  readonly key: string
  readonly label: string
  readonly kind: LinkKind
  readonly isOut: boolean
}

/** Links an entry with another, or changes or deletes one of its links. */
export default function LinkDialog(props: {
  entity: Entity
  connection?: Connection | undefined
  onClose: () => void
}) {
  const link = props.connection?.link
  const kinds = useQuery(() => trpc.linkKind.list.queryOptions({ worldId: props.entity.worldId }))
  const readings = createMemo(() => (dataOf(kinds)?.items ?? []).flatMap((kind) => readingsOf(kind, props.entity)))
  const [key, setKey] = createSignal<string>()
  const [otherId, setOtherId] = createSignal<string | null>(null)
  const [note, setNote] = createSignal(link?.note ?? '')
  const [beganOn, setBeganOn] = createSignal(link?.beganOn ?? '')
  const [endedOn, setEndedOn] = createSignal(link?.endedOn ?? '')
  const { attempt, isBusy, failure, faults } = createAttempts()
  const reading = () => readings().find((each) => each.key === key()) ?? readings()[0]
  const otherKinds = () => (reading()?.isOut ? reading()?.kind.toKinds : reading()?.kind.fromKinds) ?? []
  const otherFault = () => (reading()?.isOut ? faults().toId : faults().fromId) ?? faults().toId
  const run = (write: () => Promise<unknown>, said: string) =>
    attempt(async () => {
      await write()
      void refreshWorlds()
      props.onClose()
      showChanged(said)
    })
  const save = () => {
    const values = { note: note(), beganOn: beganOn() || null, endedOn: endedOn() || null }
    if (link) return run(() => call.link.update.mutate({ id: link.id, version: link.version, ...values }), common.saved)
    const chosen = reading()
    const other = otherId()
    return run(async () => {
      if (!chosen || !other) throw new Error(words.chooseTheOther)
      const [fromId, toId] = chosen.isOut ? [props.entity.id, other] : [other, props.entity.id]
      const { worldId } = props.entity
      return await call.link.create.mutate({ worldId, linkKindId: chosen.kind.id, fromId, toId, ...values })
    }, words.linked)
  }
  return (
    <Dialog
      open
      onClose={props.onClose}
      dismissible={!isBusy()}
      title={link ? words.editLink : words.addLink}
      description={
        props.connection
          ? `${props.entity.displayName} ${props.connection.label} ${props.connection.other.displayName}`
          : words.fromToAnother(props.entity.displayName)
      }
    >
      <form
        class="grid gap-5"
        novalidate
        onSubmit={(event) => {
          event.preventDefault()
          void save()
        }}
      >
        <Show when={!link}>
          <Choice
            label={words.how}
            value={reading()?.key ?? ''}
            onChange={(chosen) => {
              setKey(chosen)
              setOtherId(null)
            }}
            options={readings().map((each) => [each.key, each.label] as const)}
          />
          <EntityPicker
            worldId={props.entity.worldId}
            kinds={otherKinds()}
            label={words.withLabel}
            value={otherId()}
            onChange={setOtherId}
            except={[props.entity.id]}
            fault={otherFault()}
            required
          />
        </Show>
        <Field label={words.note} name="note" value={note()} onChange={setNote} rows={3} fault={faults().note} />
        <div class="grid items-start gap-5 sm:grid-cols-2">
          <WorldDateField
            label={words.since}
            name="beganOn"
            value={beganOn()}
            onChange={setBeganOn}
            fault={faults().beganOn}
          />
          <WorldDateField
            label={words.until}
            name="endedOn"
            value={endedOn()}
            onChange={setEndedOn}
            fault={faults().endedOn}
          />
        </div>
        <Show when={failure() && !otherFault() && !faults().beganOn && !faults().endedOn && failure()}>
          {(sentence) => <Alert>{sentence()}</Alert>}
        </Show>
        <div class={dialogActions}>
          <Show when={link}>
            {(existing) => (
              <Button
                look="danger"
                class="mr-auto"
                disabled={isBusy()}
                onClick={() =>
                  void run(
                    () => call.link.delete.mutate({ id: existing().id, version: existing().version }),
                    words.theLinkIsDeleted,
                  )
                }
              >
                {words.deleteLink}
              </Button>
            )}
          </Show>
          <Button look="quiet" onClick={props.onClose} disabled={isBusy()}>
            {common.cancel}
          </Button>
          <Button look="primary" type="submit" disabled={isBusy()}>
            {link ? common.save : words.addLink}
          </Button>
        </div>
      </form>
    </Dialog>
  )
}

function readingsOf(kind: LinkKind, { kind: own }: Entity): Reading[] {
  const fits = (kinds: readonly string[]) => kinds.length === 0 || kinds.includes(own)
  const out: Reading = { key: `${kind.id}:out`, label: kind.name, kind, isOut: true }
  const back: Reading = { key: `${kind.id}:in`, label: kind.inverseName, kind, isOut: false }
  return [...(fits(kind.fromKinds) ? [out] : []), ...(!kind.isSymmetric && fits(kind.toKinds) ? [back] : [])]
}
