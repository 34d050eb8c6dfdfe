import { useMutation } from '@tanstack/solid-query'
import { Match, onMount, Switch } from 'solid-js'
import { encode } from 'uqr'
import { call, trpc } from '../../lib/api.ts'
import { failureOf } from '../../lib/failure.ts'
import { CopyField } from '../../ui/copyField.tsx'
import { Dialog } from '../../ui/dialog.tsx'
import { Alert } from '../../ui/notice.tsx'
import { Waiting } from '../../ui/panel.tsx'
import { CodeForm } from '../session/CodeForm.tsx'
import * as words from './words.ts'

/** Sets up an authenticator app: it reads a QR code, and gives a code to show that it has. */
export default function TotpDialog(props: {
  onClose: () => void
  /** @param codes the recovery codes, if it is the first second factor */
  onDone: (codes: readonly string[] | null) => void
}) {
  const begin = useMutation(() => trpc.secondFactor.beginTotp.mutationOptions())
  onMount(() => begin.mutate())
  return (
    <Dialog open title={words.setUpAnApp} description={words.scanThis} onClose={props.onClose}>
      <Switch fallback={<Waiting lines={4} />}>
        <Match when={begin.isError}>
          <Alert>{failureOf(begin.error).message}</Alert>
        </Match>
        <Match when={begin.data}>
          {(setup) => (
            <div class="grid gap-6">
              <QrCode text={setup().uri} label={words.qrCode} />
              <CopyField label={words.orTypeThis} value={setup().secret} />
              <CodeForm
                label={words.codeThatItShows}
                action={words.setItUp}
                onCode={async (code) =>
                  props.onDone((await call.secondFactor.confirmTotp.mutate({ code })).recoveryCodes)
                }
              />
            </div>
          )}
        </Match>
      </Switch>
    </Dialog>
  )
}

function QrCode(props: { text: string; label: string }) {
  const code = () => encode(props.text, { border: 2 })
  const path = () =>
    code()
      .data.flatMap((row, y) => row.map((isDark, x) => (isDark ? `M${x} ${y}h1v1h-1z` : '')))
      .join('')
  return (
    // Black on white in any colour scheme, as cameras expect.
    <svg
      role="img"
      aria-label={props.label}
      viewBox={`0 0 ${code().size} ${code().size}`}
      class="mx-auto size-56 rounded-xl"
      shape-rendering="crispEdges"
    >
      <path fill="#fff" d={`M0 0h${code().size}v${code().size}H0z`} />
      <path fill="#000" d={path()} />
    </svg>
  )
}
