import { useNavigate } from '@tanstack/solid-router'
import type { EntityKind } from '@worldloom/schema'
import FilePlus from 'lucide-solid/icons/file-plus'
import Footprints from 'lucide-solid/icons/footprints'
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
import type { World } from '../../lib/api.ts'
import { capitalized, kinds } from '../../lib/kinds.ts'
import { setTheme, theme, themes } from '../../lib/theme.ts'
import { pagePaths } from '../../pagePaths.ts'
import * as common from '../../ui/words.ts'
import { adminSections } from '../admin/sections.ts'
import { kindIcons } from '../entities/kindIcons.ts'
import { type May, useMay } from '../session/permitted.tsx'
import { useSignOut } from '../session/signOut.ts'
import { startTour } from '../tour/tour.ts'
import * as tourWords from '../tour/words.ts'
import { redoLatest, undoLatest } from '../undo/undo.ts'
import { useExample } from '../worlds/useExample.ts'
import { rightsIn } from '../worlds/worldContext.ts'
import { worldPages } from '../worlds/worldPages.ts'
import { commandKey, setOpenPart } from './palette.ts'
import * as words from './words.ts'

/** A line of the palette. */
export interface Command {
  readonly id: string
  readonly label: string
  /** Said beside the label: what it is, or where. */
  readonly hint?: string
  /** Further words by which it is found. */
  readonly keywords?: string
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
export function isFound({ label, keywords = '' }: Pick<Command, 'label' | 'keywords'>, text: string): boolean {
  const known = `${label} ${keywords}`.toLowerCase().split(/[\s,/]+/)
  return text
    .toLowerCase()
    .split(/\s+/)
    .filter(Boolean)
    .every((word) => known.some((each) => each.startsWith(word)))
}

/** Further words by which a world's pages are found. */
const pageWords: Readonly<Record<(typeof worldPages)[number]['to'], string>> = {
  [pagePaths.worldMaps]: words.atlasGeographyPlacesPins,
  [pagePaths.worldTimeline]: words.datesCalendar,
  [pagePaths.worldGraph]: words.graphLinks,
  [pagePaths.worldFamily]: words.parentsChildrenGenealogy,
  [pagePaths.worldContinuity]: words.checkFaultsContradictions,
  [pagePaths.worldMembers]: words.shareInvitePeople,
  [pagePaths.worldActivity]: words.historyChanges,
  [pagePaths.worldProposals]: words.suggestionsReviewConfirm,
  [pagePaths.worldTrash]: words.deletedRestore,
  [pagePaths.worldSettings]: words.calendarLanguageTagsLinks,
}
const pageIcons: Readonly<Record<string, Command['icon']>> = {
  [pagePaths.worldMembers]: Users,
  [pagePaths.worldSettings]: Settings,
}

/** The pages of a world, and those of the user. */
export function usePageCommands(world: () => World | undefined): () => Command[] {
  const navigate = useNavigate()
  const example = useExample()
  const may = useMay()
  return () => {
    const open = world()
    const rights = open && rightsIn(() => open, may)
    const ofWorld = (to: string, label: string, icon: Command['icon'], keywords = ''): Command[] =>
      open
        ? [
            {
              id: `page:${label}`,
              ...{ label, icon, keywords },
              hint: open.displayName,
              run: () => void navigate({ to, params: { worldId: open.id } }),
            },
          ]
        : []
    const of = (to: string, label: string, icon: Command['icon'], keywords = ''): Command => ({
      id: `page:${to}`,
      ...{ label, icon, keywords },
      run: () => void navigate({ to }),
    })
    return [
      ...(open
        ? Object.values(kinds).map(
            ({ kind, plural, wording }): Command => ({
              id: `page:${plural}`,
              label: capitalized(wording.many),
              hint: open.displayName,
              keywords: words.listAll,
              icon: kindIcons[kind],
              run: () => void navigate({ to: pagePaths.entities, params: { worldId: open.id, plural } }),
            }),
          )
        : []),
      ...ofWorld(pagePaths.worldSearch, words.searchThisWorld, SearchIcon, words.find),
      ...worldPages
        .filter(({ isFor }) => rights && isFor(rights))
        .flatMap(({ to, label }) => {
          const shown = to === pagePaths.worldSettings ? words.worldSettings : label
          return ofWorld(to, shown, pageIcons[to] ?? PanelsTopLeft, pageWords[to])
        }),
      ...(open || may('world:create')
        ? [
            {
              ...{ id: 'tour', label: tourWords.takeTheTour, icon: Footprints, keywords: words.helpTour },
              ...(open ? { hint: open.displayName, run: startTour } : { run: example.open }),
            },
          ]
        : []),
      of(pagePaths.worlds, words.yourWorlds, Globe, words.homeAll),
      ...(may('chat:use') ? [of(pagePaths.chat, common.chat, MessagesSquare, words.askAssistant)] : []),
      of(pagePaths.settingsProfile, words.settingsProfile, Settings, words.nameAccount),
      of(pagePaths.settingsSecurity, words.settingsSecurity, Settings, words.passwordDevicesAccounts),
      of(pagePaths.settingsApiKeys, words.settingsApiKeys, Settings, words.tokens),
      ...adminSections
        .filter(({ needs }) => may(needs))
        .map(({ to, label }) => of(to, words.administrationOf(label), Users)),
    ]
  }
}

/** What is to be created, and its name as far as it was typed. */
export interface Creation {
  readonly what: EntityKind | 'world'
  readonly name: string
}

/** A command that creates something. */
export interface CreateCommand extends Command {
  /** Whether what was typed asks for it, as “new persona Tam” does. Otherwise that is the name alone. */
  readonly isAsked: boolean
}

/** What can be created: entries of the open world, and worlds. */
export function createCommands(
  may: May,
  world: World | undefined,
  text: string,
  create: (creation: Creation) => void,
): CreateCommand[] {
  const creating = (
    what: Creation['what'],
    labelOf: (name: string) => string,
    more: Pick<Command, 'icon' | 'hint'>,
  ): CreateCommand => {
    const plain = { label: labelOf(''), keywords: words.createAdd, ...more }
    const isWithName = text.toLowerCase().startsWith(`${plain.label.toLowerCase()} `)
    // A single word may be the beginning of anything.
    const isPlain = text.includes(' ') && isFound(plain, text)
    const name = isPlain ? '' : isWithName ? text.slice(plain.label.length).trim() : text
    return {
      ...plain,
      id: `create:${what}`,
      label: labelOf(name),
      staysOpen: true,
      run: () => create({ what, name }),
      isAsked: isPlain || isWithName,
    }
  }
  return [
    ...(world && rightsIn(() => world, may).mayCreate()
      ? Object.values(kinds)
          // An image begins with a file.
          .filter(({ kind }) => kind !== 'image')
          .map(({ kind, wording }) =>
            creating(kind, (name) => words.newOneNamed(wording.one, name), {
              hint: world.displayName,
              icon: kindIcons[kind],
            }),
          )
      : []),
    ...(may('world:create') ? [creating('world', words.newWorldNamed, { icon: FilePlus })] : []),
  ]
}

/** What can be done from anywhere. */
export function useActionCommands(): () => Command[] {
  const leave = useSignOut()
  const themeNames = { system: words.matchTheSystemsColours, light: words.lightColours, dark: words.darkColours }
  return () => [
    { id: 'undo', label: words.undoTheLatestChange, icon: Undo, keys: [commandKey, 'Z'], run: () => void undoLatest() },
    { id: 'redo', label: words.redo, icon: Redo, keys: [commandKey, words.shift, 'Z'], run: () => void redoLatest() },
    ...themes
      .filter((each) => each !== theme())
      .map((each) => ({
        id: `theme:${each}`,
        label: themeNames[each],
        keywords: words.themeColorsMode,
        icon: Palette,
        run: () => setTheme(each),
      })),
    {
      id: 'shortcuts',
      label: words.keyboardShortcuts,
      keywords: words.helpKeys,
      icon: Keyboard,
      keys: ['?'],
      staysOpen: true,
      run: () => setOpenPart('shortcuts'),
    },
    { id: 'signOut', label: words.signOut, keywords: words.logLeave, icon: LogOut, run: () => void leave() },
  ]
}
