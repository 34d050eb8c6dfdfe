import { type ConsentRequest, grantDays } from '@worldloom/schema/app'
import { createSignal, For, type JSX, Match, Show, Switch } from 'solid-js'
import { failureOf } from '../../lib/failure.ts'
import { Button } from '../../ui/button.tsx'
import { Choice } from '../../ui/choice.tsx'
import { Alert } from '../../ui/notice.tsx'
import { textLink } from '../session/entrance.tsx'
import { WorldLimit } from '../settings/WorldLimit.tsx'
import { PermissionText } from './PermissionText.tsx'
import * as words from './words.ts'

export type ConsentAnswer =
  | { readonly allow: false }
  | {
      readonly allow: true
      readonly permissions: readonly string[]
      readonly worldIds?: readonly string[]
      readonly days: number | null
    }

type Lifetime = `${number}` | 'null'

const lifetimes = grantDays.map((days): readonly [Lifetime, string] => {
  if (days === null) return ['null', words.endsNever]
  return [`${days}`, days === 365 ? words.forAYear : words.forDays(days)]
})

/** Tells a person what an app asks for, and asks what they allow: which of it, in which worlds, until when. */
export default function Consent(props: {
  request: ConsentRequest
  onAnswer: (answer: ConsentAnswer) => Promise<void>
}) {
  const theirs = () => props.request.permissions.filter(({ isTheirs }) => isTheirs).map(({ name }) => name)
  const [permissions, setPermissions] = createSignal<readonly string[]>(theirs())
  const [worldIds, setWorldIds] = createSignal<readonly string[]>()
  const [lifetime, setLifetime] = createSignal<Lifetime>('90')
  const [isPending, setPending] = createSignal(false)
  const [failure, setFailure] = createSignal<string>()
  const toggle = (name: string) =>
    setPermissions(
      permissions().includes(name) ? permissions().filter((other) => other !== name) : [...permissions(), name],
    )
  const isNothing = () => permissions().length === 0 && !props.request.identity.includes('openid')
  const answer = async (given: ConsentAnswer) => {
    setPending(true)
    setFailure(undefined)
    try {
      await props.onAnswer(given)
    } catch (error) {
      setFailure(failureOf(error).message)
    } finally {
      setPending(false)
    }
  }
  const allow = () => {
    const only = worldIds()
    void answer({
      allow: true,
      permissions: permissions(),
      ...(only && { worldIds: only }),
      days: lifetime() === 'null' ? null : Number(lifetime()),
    })
  }

  return (
    <div class="mx-auto grid max-w-xl gap-6">
      <div>
        <h1 class="text-3xl">{words.askedAt(props.request.client.name)}</h1>
        <div class="mt-3 grid gap-1 leading-relaxed text-soft">
          <p>{originSentence(props.request)}</p>
          <Show when={props.request.returnsTo}>{(host) => <p>{words.goesBackTo(host())}</p>}</Show>
          <Show when={props.request.device}>
            {(device) => (
              <p>
                {words.deviceFrom(device().name ?? '?', device().ipAddress ?? '?')} {words.deviceWarning}
              </p>
            )}
          </Show>
          <Links client={props.request.client} />
        </div>
      </div>
      <fieldset>
        <legend class="text-sm font-medium">{words.whatItMayDo}</legend>
        <ul class="mt-2 grid gap-1 rounded-2xl border border-line bg-card p-4">
          <Show when={props.request.identity.length > 0}>
            <Fixed>{words.whoYouAre}</Fixed>
          </Show>
          <Show when={props.request.identity.includes('profile')}>
            <Fixed>{words.whoYouAreProfile}</Fixed>
          </Show>
          <Show when={props.request.identity.includes('email')}>
            <Fixed>{words.whoYouAreEmail}</Fixed>
          </Show>
          <For each={props.request.permissions}>
            {({ name, isTheirs }) => (
              <li>
                <label class="flex min-h-9 items-start gap-3 py-1.5 text-sm" classList={{ 'text-soft': !isTheirs }}>
                  <input
                    type="checkbox"
                    class="mt-0.5 size-4 shrink-0 accent-accent"
                    checked={permissions().includes(name)}
                    disabled={!isTheirs}
                    onChange={() => toggle(name)}
                  />
                  <span>
                    <PermissionText name={name} />
                    <Show when={!isTheirs}>
                      <span class="block">{words.notForThem}</span>
                    </Show>
                  </span>
                </label>
              </li>
            )}
          </For>
        </ul>
      </fieldset>
      <Show when={permissions().length > 0}>
        <WorldLimit worldIds={worldIds()} onChange={setWorldIds} />
      </Show>
      <Choice label={words.forHowLong} value={lifetime()} onChange={setLifetime} options={lifetimes} />
      <Show when={failure()}>{(message) => <Alert>{message()}</Alert>}</Show>
      <div class="flex flex-wrap justify-end gap-3">
        <Button look="quiet" disabled={isPending()} onClick={() => void answer({ allow: false })}>
          {words.doNotAllow}
        </Button>
        <Button look="primary" disabled={isPending() || isNothing() || worldIds()?.length === 0} onClick={allow}>
          {words.allow}
        </Button>
      </div>
    </div>
  )
}

function originSentence({ client }: ConsentRequest): string {
  if (client.origin === 'builtIn') return words.knownBuiltIn
  if (client.origin === 'administrator') return words.knownByAdministrator
  return client.origin === 'itself' ? words.knownByItself : words.knownByDocument(new URL(client.id).host)
}

/** What belongs to signing in, and cannot be left out. */
function Fixed(props: { children: JSX.Element }) {
  return <li class="min-h-9 py-1.5 text-sm">{props.children}</li>
}

/** What the app says about itself, on its own pages. */
function Links(props: { client: ConsentRequest['client'] }) {
  const links = () =>
    [
      [words.itsWebsite, props.client.uri],
      [words.privacy, props.client.policyUri],
      [words.terms, props.client.termsUri],
    ] as const
  return (
    <Switch>
      <Match when={links().some(([, uri]) => uri !== null)}>
        <p class="flex flex-wrap gap-x-4">
          <For each={links()}>
            {([label, uri]) => (
              <Show when={uri?.startsWith('https://') && uri}>
                {(href) => (
                  <a class={textLink} href={href()} target="_blank" rel="noopener noreferrer">
                    {label}
                  </a>
                )}
              </Show>
            )}
          </For>
        </p>
      </Match>
    </Switch>
  )
}
