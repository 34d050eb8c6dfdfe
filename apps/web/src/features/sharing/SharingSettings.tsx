import { Link } from '@tanstack/solid-router'
import type { WorldVisibility } from '@worldloom/schema/world'
import { Show } from 'solid-js'
import { pagePaths } from '../../pagePaths.ts'
import { buttonClass } from '../../ui/button.tsx'
import { Choice } from '../../ui/choice.tsx'
import { CopyField } from '../../ui/copyField.tsx'
import { Alert } from '../../ui/notice.tsx'
import { Panel } from '../../ui/panel.tsx'
import * as common from '../../ui/words.ts'
import { createWorldUpdate } from '../worlds/createWorldUpdate.ts'
import { useWorld, useWorldRights } from '../worlds/worldContext.ts'
import { visibilityTexts } from './visibility.ts'
import * as words from './words.ts'

/** Who sees a world, and the way to those who work on it. */
export default function SharingSettings() {
  const world = useWorld()
  const rights = useWorldRights()
  const { change, failure } = createWorldUpdate(world)
  return (
    <Panel
      title={words.sharing}
      hint={rights.isOwner() ? words.whoCanReadThisWorld : words.onlyTheOwnerOfThis}
      actions={
        <Show when={rights.maySeeMembers()}>
          <Link to={pagePaths.worldMembers} params={{ worldId: world().id }} class={buttonClass('plain')}>
            {common.members}
          </Link>
        </Show>
      }
    >
      <Show
        when={rights.isOwner() && rights.mayUpdateWorld()}
        fallback={
          <p>
            {visibilityTexts[world().visibility].label}: {visibilityTexts[world().visibility].hint.toLowerCase()}
          </p>
        }
      >
        <div class="max-w-sm">
          <Choice
            label={common.whoCanReadIt}
            value={world().visibility}
            onChange={(visibility: WorldVisibility) => void change({ visibility })}
            options={(Object.keys(visibilityTexts) as WorldVisibility[]).map(
              (visibility) => [visibility, visibilityTexts[visibility].label] as const,
            )}
          />
          <p class="mt-2 text-sm text-soft">{visibilityTexts[world().visibility].hint}</p>
        </div>
      </Show>
      <Show when={world().visibility !== 'private'}>
        <div class="mt-5">
          <CopyField label={words.itsAddressForReaders} value={`${location.origin}/read/${world().id}`} />
        </div>
      </Show>
      <p class="mt-4 text-sm">
        {/* A page of the server's own. */}
        <a href={`/read/${world().id}`} class="text-accent underline underline-offset-4">
          {words.seeItAsReadersDo}
        </a>
      </p>
      <Show when={failure()}>{(sentence) => <Alert>{sentence()}</Alert>}</Show>
    </Panel>
  )
}
