import { useNavigate } from '@tanstack/solid-router'
import type { EntityKind } from '@worldloom/schema'
import FilePlus from 'lucide-solid/icons/file-plus'
import Globe from 'lucide-solid/icons/globe'
import Keyboard from 'lucide-solid/icons/keyboard'
import LogOut from 'lucide-solid/icons/log-out'
import MessagesSquare from 'lucide-solid/icons/messages-square'
import Palette from 'lucide-solid/icons/palette'
import PanelsTopLeft from 'lucide-solid/icons/panels-top-left'
import Redo from 'lucide-solid/icons/redo-2'
import SearchIcon from 'lucide-solid/icons/search'
import Settings from 'lucide-solid/icons/settings'
import Undo from 'lucide-solid/icons/undo-2'
import Users from 'lucide-solid/icons/users'
import type { Me, World } from '../../lib/api.ts'
import { capitalized, kinds } from '../../lib/kinds.ts'
import { setTheme, theme, themes } from '../../lib/theme.ts'
import { pagePaths } from '../../pagePaths.ts'
import { showToast } from '../../ui/toast.ts'
import { adminSections } from '../admin/sections.ts'
import { kindIcons } from '../entities/kindIcons.ts'
import { signOut } from '../session/signOut.ts'
import { redoLatest, undoLatest } from '../undo/undo.ts'
import { setOpenPart } from './palette.ts'

/** A line of the palette. */
export interface Command {
  readonly id: string
  readonly label: string
  /** Said beside the label: what it is, or where. */
  readonly hint?: string
  /** Further words by which it is found. */
  readonly words?: string
  readonly icon: typeof FilePlus
  readonly keys?: readonly string[]
  /** Whether the palette stays open, because something else takes its place. */
  readonly staysOpen?: boolean
  readonly run: () => void
}

export interface CommandGroup {
  readonly label: string
  readonly commands: readonly Command[]
}

/** Whether each word that was typed begins a word of the command. */
export function isFound({ label, words = '' }: Command, text: string): boolean {
  const known = `${label} ${words}`.toLowerCase().split(/[\s,/]+/)
  return text
    .toLowerCase()
    .split(/\s+/)
    .filter(Boolean)
    .every((word) => known.some((each) => each.startsWith(word)))
}

/** The pages of a world, and those of the user. */
export function usePageCommands(me: () => Me, world: () => World | undefined): () => Command[] {
  const navigate = useNavigate()
  return () => {
    const open = world()
    const isEditor = open?.role === 'owner' || open?.role === 'editor'
    const ofWorld = (to: string, label: string, icon: Command['icon'], words = ''): Command[] =>
      open
        ? [
            {
              id: `page:${label}`,
              ...{ label, icon, words },
              hint: open.displayName,
              run: () => void navigate({ to, params: { worldId: open.id } }),
            },
          ]
        : []
    const of = (to: string, label: string, icon: Command['icon'], words = ''): Command => ({
      id: `page:${to}`,
      ...{ label, icon, words },
      run: () => void navigate({ to }),
    })
    return [
      ...(open
        ? Object.values(kinds).map(
            ({ kind, plural, wording }): Command => ({
              id: `page:${plural}`,
              label: capitalized(wording.many),
              hint: open.displayName,
              words: 'list all',
              icon: kindIcons[kind],
              run: () => void navigate({ to: pagePaths.entities, params: { worldId: open.id, plural } }),
            }),
          )
        : []),
      ...ofWorld(pagePaths.worldSearch, 'Search this world', SearchIcon, 'find'),
      ...ofWorld(pagePaths.worldTimeline, 'Timeline', PanelsTopLeft, 'dates calendar'),
      ...ofWorld(pagePaths.worldGraph, 'Connections', PanelsTopLeft, 'graph links'),
      ...ofWorld(pagePaths.worldContinuity, 'Continuity', PanelsTopLeft, 'check faults contradictions'),
      ...(open?.role ? ofWorld(pagePaths.worldActivity, 'Activity', PanelsTopLeft, 'history changes') : []),
      ...(open?.role && me().permissions.includes('member:read')
        ? ofWorld(pagePaths.worldMembers, 'Members', Users, 'share invite people')
        : []),
      ...(isEditor ? ofWorld(pagePaths.worldTrash, 'Trash', PanelsTopLeft, 'deleted restore') : []),
      ...(isEditor ? ofWorld(pagePaths.worldSettings, 'World settings', Settings, 'calendar language tags links') : []),
      of(pagePaths.worlds, 'Your worlds', Globe, 'home all'),
      ...(me().permissions.includes('chat:use') ? [of(pagePaths.chat, 'Chat', MessagesSquare, 'ask assistant')] : []),
      of(pagePaths.settingsProfile, 'Settings: profile', Settings, 'name account'),
      of(pagePaths.settingsSecurity, 'Settings: security', Settings, 'password devices accounts'),
      of(pagePaths.settingsApiKeys, 'Settings: API keys', Settings, 'tokens'),
      ...adminSections
        .filter(({ needs }) => me().permissions.includes(needs))
        .map(({ to, label }) => of(to, `Administration: ${label.toLowerCase()}`, Users)),
    ]
  }
}

/** What can be created: entries of the open world, and worlds. */
export function createCommands(
  me: Me,
  world: World | undefined,
  name: string,
  create: (what: EntityKind | 'world') => void,
): Command[] {
  const isEditor = world?.role === 'owner' || world?.role === 'editor'
  const named = name === '' ? '' : ` “${name}”`
  return [
    ...(world && isEditor && me.permissions.includes('entity:create')
      ? Object.values(kinds)
          // An image begins with a file.
          .filter(({ kind }) => kind !== 'image')
          .map(
            ({ kind, wording }): Command => ({
              id: `create:${kind}`,
              label: `New ${wording.one}${named}`,
              words: 'create add',
              hint: world.displayName,
              icon: kindIcons[kind],
              staysOpen: true,
              run: () => create(kind),
            }),
          )
      : []),
    ...(me.permissions.includes('world:create')
      ? [
          {
            id: 'create:world',
            label: `New world${named}`,
            words: 'create add',
            icon: FilePlus,
            staysOpen: true,
            run: () => create('world'),
          },
        ]
      : []),
  ]
}

/** What can be done from anywhere. */
export function useActionCommands(commandKey: string): () => Command[] {
  const navigate = useNavigate()
  const leave = async () => {
    try {
      await signOut()
      await navigate({ to: pagePaths.signIn })
    } catch {
      showToast('You could not be signed out: Worldloom cannot be reached. Try again.')
    }
  }
  const themeNames = { system: 'Match the system’s colours', light: 'Light colours', dark: 'Dark colours' }
  return () => [
    { id: 'undo', label: 'Undo the latest change', icon: Undo, keys: [commandKey, 'Z'], run: () => void undoLatest() },
    { id: 'redo', label: 'Redo', icon: Redo, keys: [commandKey, 'Shift', 'Z'], run: () => void redoLatest() },
    ...themes
      .filter((each) => each !== theme())
      .map((each) => ({
        id: `theme:${each}`,
        label: themeNames[each],
        words: 'theme colors mode',
        icon: Palette,
        run: () => setTheme(each),
      })),
    {
      id: 'shortcuts',
      label: 'Keyboard shortcuts',
      words: 'help keys',
      icon: Keyboard,
      keys: ['?'],
      staysOpen: true,
      run: () => setOpenPart('shortcuts'),
    },
    { id: 'signOut', label: 'Sign out', words: 'log leave', icon: LogOut, run: () => void leave() },
  ]
}
