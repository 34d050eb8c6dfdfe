import { createSignal, lazy, Show, Suspense } from 'solid-js'
import type { Me } from '../../lib/api.ts'
import { initials, profileButtonClass } from './profileLook.ts'
import * as words from './words.ts'

const load = () => import('./ProfileMenu.tsx')
const ProfileMenu = lazy(load)

/** Opens the menu of the user, which is loaded when somebody is about to. */
export function ProfileButton(props: { me: Me }) {
  const [isWanted, setWanted] = createSignal(false)
  const Closed = () => (
    <button
      type="button"
      class={profileButtonClass}
      aria-haspopup="menu"
      aria-expanded="false"
      aria-label={`${initials(props.me.displayName)}: ${words.menuOf(props.me.displayName)}`}
      onPointerEnter={() => void load()}
      onFocus={() => void load()}
      onClick={() => setWanted(true)}
      onKeyDown={(event) => {
        if (event.key !== 'ArrowDown') return
        event.preventDefault()
        setWanted(true)
      }}
    >
      {initials(props.me.displayName)}
    </button>
  )
  return (
    <Show when={isWanted()} fallback={<Closed />}>
      <Suspense fallback={<Closed />}>
        <ProfileMenu me={props.me} />
      </Suspense>
    </Show>
  )
}
