import Plus from 'lucide-solid/icons/plus'
import { createSignal, For, type JSX, Show } from 'solid-js'
import { WorldCover } from '../features/worlds/WorldCover.tsx'
import { setTheme, theme, themes } from '../lib/theme.ts'
import { Button, type ButtonLook } from '../ui/button.tsx'
import { Choice } from '../ui/choice.tsx'
import { Confirm } from '../ui/confirm.tsx'
import { CopyField } from '../ui/copyField.tsx'
import { DayField } from '../ui/dayField.tsx'
import { Dialog, dialogActions } from '../ui/dialog.tsx'
import { Field } from '../ui/field.tsx'
import { Logo } from '../ui/Logo.tsx'
import { Loaded } from '../ui/loaded.tsx'
import { Markdown } from '../ui/Markdown.tsx'
import { More } from '../ui/more.tsx'
import { Alert, DidNotArrive, Notice } from '../ui/notice.tsx'
import { Badge, Panel, Waiting } from '../ui/panel.tsx'
import { SearchBox } from '../ui/searchBox.tsx'
import { ShownOnce } from '../ui/shownOnce.tsx'
import ToastRegion from '../ui/ToastRegion.tsx'
import { showToast } from '../ui/toast.ts'
import { ViewSwitch } from '../ui/viewSwitch.tsx'

const looks: readonly ButtonLook[] = ['primary', 'plain', 'quiet', 'danger']
const long = 'A name that somebody has made far too long, to see what becomes of it where there is little room'
const markdown = `# Heading

A paragraph with **bold**, *italic*, \`code\` and [a link](https://example.com).

> A quote.

1. One
2. Two

| Light | Keeper |
| --- | --- |
| Ninth | Wren |
`

/** Every component in each of its states, in the colours that are chosen: `/design`, in development only. */
export function DesignPage() {
  return (
    <main id="main" class="mx-auto w-full max-w-5xl px-4 pt-10 pb-72 sm:px-6">
      <div class="flex flex-wrap items-center justify-between gap-4">
        <Logo />
        <Choice
          label="Colours"
          value={theme()}
          onChange={setTheme}
          options={themes.map((each) => [each, each] as const)}
        />
      </div>
      <h1 class="mt-8 text-4xl">Design</h1>
      <p class="mt-3 text-soft">Every component in each of its states. In development only.</p>
      <Type />
      <Buttons />
      <Fields />
      <Labels />
      <Lists />
      <Messages />
      <Dialogs />
      <ToastRegion />
    </main>
  )
}

function Section(props: { title: string; children: JSX.Element }) {
  return (
    <section class="mt-12">
      <h2 class="text-2xl">{props.title}</h2>
      <div class="mt-5 grid gap-6">{props.children}</div>
    </section>
  )
}

function Type() {
  return (
    <Section title="Text">
      <div class="grid gap-2">
        <p class="font-display text-4xl">The Ninth Light</p>
        <p class="font-display text-2xl">A drowned shoreline</p>
        <p class="text-lg">Forty lights, thirty-nine keepers.</p>
        <p>Text as it is read. {long}</p>
        <p class="text-sm text-soft">What is said beside it</p>
        <p class="text-sm text-danger">What went wrong</p>
      </div>
      <div class="grid grid-cols-2 gap-3 sm:grid-cols-4">
        <For each={['bg-page', 'bg-card', 'bg-raised', 'bg-sunk', 'bg-accent-wash', 'bg-danger-wash']}>
          {(color) => <div class={`rounded-2xl border border-line p-4 text-sm ${color}`}>{color}</div>}
        </For>
        <div class="rounded-2xl bg-accent p-4 text-sm text-on-accent">bg-accent</div>
      </div>
      <Panel title="Markdown">
        <Markdown text={markdown} />
      </Panel>
      <WorldCover wide id="design" class="h-32 w-full rounded-3xl" />
    </Section>
  )
}

function Buttons() {
  return (
    <Section title="Buttons">
      <For each={looks}>
        {(look) => (
          <div class="flex flex-wrap gap-3">
            <Button look={look}>{look}</Button>
            <Button look={look}>
              <Plus class="size-4" aria-hidden="true" />
              With an icon
            </Button>
            <Button look={look} disabled>
              Disabled
            </Button>
          </div>
        )}
      </For>
    </Section>
  )
}

function Fields() {
  const [text, setText] = createSignal('')
  const [kind, setKind] = createSignal('a')
  const [day, setDay] = createSignal<string>()
  const [view, setView] = createSignal<'list'>()
  return (
    <Section title="Fields">
      <div class="grid items-start gap-5 sm:grid-cols-2 [&>*]:min-w-0">
        <Field label="Empty" name="empty" value={text()} onChange={setText} />
        <Field label="With a hint" name="hint" value="Tidewrack" onChange={setText} hint="What it is called" />
        <Field label="Required" name="required" value="" onChange={setText} required />
        <Field label="At fault" name="fault" value="The Iron Coast" onChange={setText} fault="That is taken." />
        <Field label="Password" name="password" type="password" value="secret" onChange={setText} />
        <Field label="Several lines" name="lines" value={long} onChange={setText} rows={3} />
        <Choice
          label="Choice"
          value={kind()}
          onChange={setKind}
          options={[
            ['a', 'A story'],
            ['b', long],
          ]}
        />
        <DayField label="Day" value={day()} onChange={setDay} />
        <SearchBox label="Search by name" value={text()} onChange={setText} />
        <ViewSwitch view={view()} onChange={setView} />
        <CopyField label="Link" value="https://worldloom.example/join?token=1234567890" />
      </div>
    </Section>
  )
}

function Labels() {
  return (
    <Section title="Badges">
      <div class="flex flex-wrap gap-3">
        <Badge>plain</Badge>
        <Badge look="accent">accent</Badge>
        <Badge look="good">good</Badge>
        <Badge look="danger">danger</Badge>
        <Badge>{long}</Badge>
      </div>
    </Section>
  )
}

function Lists() {
  return (
    <Section title="Panels, and what is still to come">
      <Panel title="A panel" hint="What it is for" actions={<Button>Action</Button>}>
        <p>{long}</p>
      </Panel>
      <Waiting lines={3} />
      <More onVisible={() => undefined} loading={true} />
      <Notice title="Nothing here yet" actions={<Button look="primary">Make the first one</Button>}>
        <p>An empty state says what comes next.</p>
      </Notice>
      <DidNotArrive
        what="The worlds"
        error={new Error('The database is unavailable right now.')}
        onRetry={() => undefined}
      />
      <Loaded
        query={{
          isPending: true,
          data: undefined,
          isError: true,
          error: new Error('The database is unavailable right now.'),
          refetch: () => undefined,
        }}
      >
        {() => null}
      </Loaded>
    </Section>
  )
}

function Messages() {
  return (
    <Section title="Messages">
      <Alert>Something is wrong, and this says what to do.</Alert>
      <div class="flex flex-wrap gap-3">
        <Button onClick={() => showToast('Copied.')}>A message</Button>
        <Button
          onClick={() =>
            showToast('“Wren” is in the trash.', { label: 'Undo', run: () => undefined }, { duration: 60_000 })
          }
        >
          One with an action
        </Button>
      </div>
    </Section>
  )
}

function Dialogs() {
  const [open, setOpen] = createSignal<'plain' | 'confirm' | 'once'>()
  const close = () => setOpen(undefined)
  return (
    <Section title="Dialogs">
      <div class="flex flex-wrap gap-3">
        <Button onClick={() => setOpen('plain')}>A dialog</Button>
        <Button onClick={() => setOpen('confirm')}>A question</Button>
        <Button onClick={() => setOpen('once')}>A secret</Button>
      </div>
      <Dialog open={open() === 'plain'} onClose={close} title="A dialog" description="What it is about.">
        <p>{long}</p>
        <div class={dialogActions}>
          <Button look="quiet" onClick={close}>
            Cancel
          </Button>
          <Button look="primary" onClick={close}>
            Save
          </Button>
        </div>
      </Dialog>
      <Show when={open() === 'confirm'}>
        <Confirm title="Delete “Wren”?" action="Move to trash" onClose={close} onConfirm={async () => close()}>
          2 scenes go into the trash with it.
        </Confirm>
      </Show>
      <Show when={open() === 'once'}>
        <ShownOnce title="The secret" label="Secret" value="whsec_1234567890" onClose={close}>
          Anything that is sent is signed with it.
        </ShownOnce>
      </Show>
    </Section>
  )
}
