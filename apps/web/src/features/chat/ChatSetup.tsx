import MessagesSquare from 'lucide-solid/icons/messages-square'
import { For } from 'solid-js'
import type { RouterOutputs } from '../../lib/api.ts'
import { Notice } from '../../ui/notice.tsx'
import * as words from './words.ts'

type Setting = RouterOutputs['chat']['status']['missing'][number]

const settings: readonly { readonly name: Setting; readonly about: string; readonly example: string }[] = [
  { name: 'OPENAI_MODEL', about: words.theModelThatAnswers, example: words.modelExample },
  { name: 'OPENAI_API_KEY', about: words.theKeyForItsEndpoint, example: words.keyExample },
  {
    name: 'OPENAI_BASE_URL',
    about: words.whereTheEndpointIsUnless,
    example: 'http://localhost:11434/v1',
  },
]

/** Shown instead of the chat if no model is configured: how to configure one. */
export function ChatSetup(props: { missing: readonly Setting[] }) {
  return (
    <Notice
      art={<MessagesSquare class="size-14 text-accent" stroke-width={1.1} aria-hidden="true" />}
      title={words.noModelIsConfiguredYet}
    >
      <p>{words.setupHint(<code class="font-mono text-ink">{words.settingsFile}</code>)}</p>
      <dl class="mt-6 grid gap-4 text-left">
        <For each={settings}>
          {({ name, about, example }) => (
            <div class="rounded-2xl border border-line bg-card p-4">
              <dt class="flex flex-wrap items-baseline justify-between gap-2">
                <code class="font-mono text-sm text-ink">{name}</code>
                <span class={`text-xs ${props.missing.includes(name) ? 'font-medium text-danger' : ''}`}>
                  {props.missing.includes(name) ? words.missing : ''}
                </span>
              </dt>
              <dd class="mt-1 text-sm">
                {about}; e.g. <code class="font-mono">{example}</code>
              </dd>
            </div>
          )}
        </For>
      </dl>
    </Notice>
  )
}
