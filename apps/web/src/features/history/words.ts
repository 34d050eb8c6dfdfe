import type { JSX } from 'solid-js'

export const activity = 'Activity'
export const activityOf = (displayName: string) => `Activity · ${displayName}`
export const added = 'added: '
export const after = 'after: '
export const anybody = 'Anybody'
export const before = 'before: '
export const beginning = 'Beginning'
export const calendar = 'Calendar'
export const cast = 'Cast'
export const closeTheHistory = 'Close the history'
export const cover = 'Cover'
export const didChange = (what: JSX.Element): JSX.Element => ['changed ', what]
export const didChangeRole = (who: JSX.Element): JSX.Element => ['changed the role of ', who]
export const didCreate = (what: JSX.Element): JSX.Element => ['created ', what]
export const didDelete = (what: JSX.Element): JSX.Element => ['deleted ', what]
export const didImport = (what: JSX.Element): JSX.Element => ['imported ', what]
export const didJoin = (who: JSX.Element): JSX.Element => ['joined as a member: ', who]
export const didLink = (what: JSX.Element): JSX.Element => ['linked ', what]
export const didMove = (what: JSX.Element): JSX.Element => ['moved ', what]
export const didRemove = (who: JSX.Element): JSX.Element => ['ended the membership of ', who]
export const didRestore = (what: JSX.Element): JSX.Element => ['restored ', what]
export const didTrash = (what: JSX.Element): JSX.Element => ['moved ', what, ' to the trash']
export const didUnlink = (what: JSX.Element): JSX.Element => ['unlinked ', what]
export const dismissedContradiction = 'dismissed contradiction'
export const dismissedContradictions = 'Dismissed contradictions'
export const empty = 'empty'
export const end = 'End'
export const fieldsOf = (fields: JSX.Element, what: JSX.Element): JSX.Element => [fields, ' of ', what]
export const file = 'File'
export const history = 'History'
export const kindOfLink = 'kind of link'
export const kindsOfLinks = 'Kinds of links'
export const language = 'Language'
export const link = 'link'
export const map = 'map'
export const marker = 'marker'
export const markersOnMaps = 'Markers on maps'
export const nameFromTheOtherEnd = 'Name from the other end'
export const noChangesMatch = 'No changes match.'
export const note = 'Note'
export const nothingIsKnownOfWhat = 'Nothing is known of what was changed before.'
export const nothingWasChanged = 'Nothing was changed'
export const onlyMembersSeeTheActivity = 'Only members see the activity'
export const owner = 'Owner'
export const place = 'Place'
export const placeholder = 'Placeholder'
export const reason = 'Reason'
export const removed = 'removed: '
export const restoreWhat = (span: JSX.Element): JSX.Element => ['Restore', span]
export const role = 'Role'
export const showEarlierChanges = 'Show earlier changes'
export const showVersionsFromTo = (value: number, version: number) => `Versions ${value} to ${version}: show each`
export const spoilers = 'Spoilers'
export const tag = 'tag'
export const theActivity = 'The activity'
export const theOperator = 'The operator'
export const theWorld = 'the world'
export const theWorldItself = 'The world itself'
export const things = 'Things'
export const thisWorldIsSharedWith = 'This world is shared with you to read. Ask its owner for an invitation.'
export const throughTheChat = 'through the chat'
export const upTo = 'Up to'
export const versionIsRestored = (version: number) => `Version ${version} is restored.`
export const versionNumber = (version: number) => `Version ${version}`
export const versionOf = (version: number) => ` version ${version}`
export const versionsFromTo = (value: number, version: number) => `Versions ${value} to ${version}`
export const whatMembersChangeAppearsHere = 'What members change appears here.'
export const whatWasChanged = 'What was changed'
export const whatWasChangedInVersion = (version: number) => `What was changed in version ${version}`
export const whoChangedIt = 'Who changed it'
