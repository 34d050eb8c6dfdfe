import { useMutation, useQuery } from '@tanstack/solid-query'
import { createSignal, For, Show } from 'solid-js'
import { type SecondFactors as Factors, queryClient, trpc } from '../../lib/api.ts'
import { timeAgo } from '../../lib/time.ts'
import { Button } from '../../ui/button.tsx'
import { Confirm } from '../../ui/confirm.tsx'
import { lazyDialog } from '../../ui/lazyDialog.tsx'
import { Loaded } from '../../ui/loaded.tsx'
import { Alert } from '../../ui/notice.tsx'
import { Badge, Panel, Waiting } from '../../ui/panel.tsx'
import { showToast } from '../../ui/toast.ts'
import { hasPasskeys, makePasskey, passkeyFailure } from '../session/passkeys.ts'
import * as words from './words.ts'

const TotpDialog = lazyDialog(() => import('./TotpDialog.tsx'))
const RecoveryCodes = lazyDialog(() => import('./RecoveryCodes.tsx'))

type Passkey = Factors['passkeys'][number]

/** Passkeys, an authenticator app and recovery codes. */
export default function SecondFactors() {
  const factors = useQuery(() => trpc.secondFactor.list.queryOptions())
  const [codes, setCodes] = createSignal<readonly string[]>()
  const refresh = () =>
    queryClient.invalidateQueries({
      predicate: ({ queryKey: [path] }) =>
        Array.isArray(path) && ['secondFactor', 'session', 'me', 'account'].includes(path[0]),
    })
  /** @param made the recovery codes, with the first factor */
  const added = (made: readonly string[] | null, message: string) => {
    // On a phone a toast would cover the dialog’s buttons.
    if (made) setCodes(made)
    else showToast(message)
    void refresh()
  }
  return (
    <>
      <Panel title={words.secondFactors} hint={words.secondFactorsHint}>
        <Loaded query={factors} waiting={<Waiting lines={3} />}>
          {(known) => (
            <div class="grid gap-7">
              <Show when={known().isRequired && known().passkeys.length === 0 && !known().totpSince}>
                <Alert>{words.yourRoleRequiresOne}</Alert>
              </Show>
              <Passkeys factors={known()} onAdded={(made) => added(made, words.passkeyIsThere)} onChanged={refresh} />
              <App factors={known()} onAdded={(made) => added(made, words.appIsSetUp)} onChanged={refresh} />
              <Show when={known().passkeys.length > 0 || known().totpSince}>
                <Codes left={known().recoveryCodes} onMade={(made) => added(made, words.newCodesAreThere)} />
              </Show>
            </div>
          )}
        </Loaded>
      </Panel>
      <Show when={codes()} keyed>
        {(all) => <RecoveryCodes codes={all} onClose={() => setCodes(undefined)} />}
      </Show>
    </>
  )
}

interface PartProps {
  readonly factors: Factors
  readonly onAdded: (codes: readonly string[] | null) => void
  readonly onChanged: () => unknown
}

function Passkeys(props: PartProps) {
  const [removing, setRemoving] = createSignal<Passkey>()
  const options = useMutation(() => trpc.secondFactor.passkeyOptions.mutationOptions())
  const add = useMutation(() => trpc.secondFactor.addPasskey.mutationOptions())
  const remove = useMutation(() => trpc.secondFactor.removePasskey.mutationOptions())
  const isPending = () => options.isPending || add.isPending
  const make = async () => {
    try {
      const created = await makePasskey(await options.mutateAsync())
      const { recoveryCodes } = await add.mutateAsync({ created })
      props.onAdded(recoveryCodes)
    } catch (error) {
      showToast(passkeyFailure(error))
    }
  }
  const isOffered = () => props.factors.hasPasskeys && hasPasskeys()
  return (
    <section>
      <h3 class="font-medium">{words.passkeys}</h3>
      <p class="mt-1 max-w-prose text-sm text-soft">{isOffered() ? words.passkeysHint : words.passkeysNeedHttps}</p>
      <ul class="mt-2 divide-y divide-line">
        <For each={props.factors.passkeys}>
          {(passkey) => (
            <li class="flex flex-wrap items-center justify-between gap-3 py-3">
              <div class="min-w-0">
                <p class="flex flex-wrap items-center gap-2 font-medium">
                  <bdi>{passkey.name}</bdi>
                  <Show when={passkey.isBackedUp}>
                    <Badge>{words.onSeveralDevices}</Badge>
                  </Show>
                </p>
                <p class="text-sm text-soft">
                  {words.passkeyUse(
                    timeAgo(passkey.createdAt),
                    passkey.lastUsedAt ? timeAgo(passkey.lastUsedAt) : undefined,
                  )}
                </p>
              </div>
              <Button onClick={() => setRemoving(passkey)}>
                {words.removeWhich(<span class="sr-only"> {passkey.name}</span>)}
              </Button>
            </li>
          )}
        </For>
      </ul>
      <Show when={isOffered()}>
        <Button class="mt-3" disabled={isPending()} onClick={() => void make()}>
          {words.addAPasskey}
        </Button>
      </Show>
      <Show when={removing()} keyed>
        {(passkey) => (
          <Confirm
            title={words.removeNamed(passkey.name)}
            action={words.removeIt}
            onClose={() => setRemoving(undefined)}
            onConfirm={async () => {
              await remove.mutateAsync({ id: passkey.id })
              props.onChanged()
            }}
          >
            {words.removePasskeyHint}
          </Confirm>
        )}
      </Show>
    </section>
  )
}

function App(props: PartProps) {
  const [isOpen, setOpen] = createSignal(false)
  const [isRemoving, setRemoving] = createSignal(false)
  const remove = useMutation(() => trpc.secondFactor.removeTotp.mutationOptions())
  return (
    <section>
      <h3 class="font-medium">{words.authenticatorApp}</h3>
      <p class="mt-1 max-w-prose text-sm text-soft">
        {props.factors.totpSince ? words.appSince(timeAgo(props.factors.totpSince)) : words.appHint}
      </p>
      <Show
        when={props.factors.totpSince}
        fallback={
          <Button class="mt-3" onClick={() => setOpen(true)}>
            {words.setUpAnApp}
          </Button>
        }
      >
        <Button class="mt-3" onClick={() => setRemoving(true)}>
          {words.removeTheApp}
        </Button>
      </Show>
      <Show when={isOpen()}>
        <TotpDialog
          onClose={() => setOpen(false)}
          onDone={(made) => {
            setOpen(false)
            props.onAdded(made)
          }}
        />
      </Show>
      <Show when={isRemoving()}>
        <Confirm
          title={words.removeTheAppQuestion}
          action={words.removeIt}
          onClose={() => setRemoving(false)}
          onConfirm={async () => {
            await remove.mutateAsync()
            props.onChanged()
          }}
        >
          {words.removeAppHint}
        </Confirm>
      </Show>
    </section>
  )
}

function Codes(props: { left: number; onMade: (codes: readonly string[]) => void }) {
  const [isAsking, setAsking] = createSignal(false)
  const make = useMutation(() => trpc.secondFactor.createRecoveryCodes.mutationOptions())
  return (
    <section>
      <h3 class="font-medium">{words.recoveryCodes}</h3>
      <p class="mt-1 max-w-prose text-sm text-soft">{words.codesLeft(props.left)}</p>
      <Button class="mt-3" onClick={() => setAsking(true)}>
        {words.makeNewCodes}
      </Button>
      <Show when={isAsking()}>
        <Confirm
          title={words.makeNewCodesQuestion}
          action={words.makeNewCodes}
          onClose={() => setAsking(false)}
          onConfirm={async () => props.onMade((await make.mutateAsync()).recoveryCodes)}
        >
          {words.makeNewCodesHint}
        </Confirm>
      </Show>
    </section>
  )
}
