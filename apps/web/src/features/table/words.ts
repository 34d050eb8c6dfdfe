import type { JSX } from 'solid-js'
import { formatNumber } from '../../lib/number.ts'
import { plural } from '../../lib/plural.ts'

export const aDashMeansThatOnly =
  'A dash means that only some of the entries have the tag; they keep it as it is unless you press it.'
export const addCondition = 'Add condition'
export const addTo = (label: string) => `Add to ${label}`
export const allOfKind = (many: string) => `All ${many}`
export const areInTheTrash = (counted: string, count: number, along: number) =>
  `${counted} ${plural(count, { one: 'is', other: 'are' })} in the trash${along > 0 ? `, with ${formatNumber(along)} more in them` : ''}.`
export const ascending = 'Ascending'
export const ascendingChangeToDescending = 'Ascending. Change to descending'
export const cards = 'Cards'
export const changed = ' · changed'
export const chosen = 'chosen'
export const columns = 'Columns'
export const conditions = 'Conditions'
export const contains = 'contains'
export const created = 'Created'
export const deleteCounted = (count: string) => `Delete ${count}?`
export const deleteNamed = (name: string) => `Delete “${name}”…`
export const deleteTheView = (name: string) => `Delete the view “${name}”?`
export const deleteView = 'Delete view'
export const descending = 'Descending'
export const descendingChangeToAscending = 'Descending. Change to ascending'
export const entriesStay = 'The entries stay as they are.'
export const entriesStayNobodyHas = 'The entries stay as they are. Nobody will have this view any more.'
export const equals = 'is'
export const dragToMakeWider = 'Drag to make the column wider; double-click to reset all'
export const field = 'Field'
export const filter = 'Filter'
export const groupBy = (label: string) => `Group: ${label}`
export const groups = 'Groups'
export const hasAllOf = 'has all of'
export const howItIsCompared = 'How it is compared'
export const isAnyOf = 'is any of'
export const isEmpty = 'is empty'
export const isFilledIn = 'is filled in'
export const isFrom = 'is from'
export const isNoneOf = 'is none of'
export const isUntil = 'is until'
export const layout = 'Layout'
export const move = 'Move'
export const moveCounted = (count: string) => `Move ${count}`
export const moved = (count: string) => `Moved ${count}.`
export const moveHint = (where: string) => `They go to the end of the ${where}, in the order of this list.`
export const moveToTheLeft = (label: string) => `Move ${label} to the left`
export const moveToTheRight = (label: string) => `Move ${label} to the right`
export const moveToTrash = 'Move to trash'
export const no = 'No'
export const noGroups = 'No groups'
export const noneFits = (one: string) => `No ${one} of this world fits what you search for.`
export const noneOf = (label: string | undefined) => `No ${label?.toLowerCase() ?? 'value'}`
export const nothingChosenTheyAreThen = 'Nothing chosen: they are then in no other.'
export const nothingIsFilteredAddA = 'Nothing is filtered. Add a condition to see only some entries.'
export const notSo = (label: string) => `Not: ${label.toLowerCase()}`
export const onlyTheFirst = (most: string) => `The first ${most} are selected: no more can be changed at once.`
export const placeholder = 'Placeholder'
export const removeAll = 'Remove all'
export const removeConditionOn = (label: string) => `Remove the condition on ${label}`
export const removeThisValue = 'Remove this value'
export const renameOrShareNamed = (name: string) => `Rename or share “${name}”…`
export const renameOrShareTheView = 'Rename or share the view'
export const saveAsANewView = 'Save as a new view…'
export const saveAsAView = 'Save as a view'
export const saveChangesTo = (name: string) => `Save changes to “${name}”`
export const searchByName = 'Search by name'
export const selectAllOf = (total: string) => `Select all ${total}`
export const selected = 'Selected'
export const selectedCount = (count: string) => `${count} selected`
export const selectNamed = (displayName: string) => `Select ${displayName}`
export const selectNone = 'Select none'
export const selectTheFirst = (most: string) => `Select all of the first ${most}`
export const shared = ' · shared'
export const shareWithEverybody = (span: JSX.Element): JSX.Element => ['Share it with everybody in this world', span]
export const sort = 'Sort'
export const sortBy = (label: string) => `Sort: ${label}`
export const tableOf = (many: string) => `Table of ${many}`
export const tagged = (count: string) => `Tagged ${count}.`
export const tagsOfThisWorld = 'Tags of this world'
export const theEntries = (many: string) => `The ${many}`
export const theyCanUseItYou = 'They can use it; you and the owner of the world can change it.'
export const thisWorldHasNoTags = 'This world has no tags yet.'
export const updated = 'Updated'
export const valueOfField = (label: string) => `Value of ${label}`
export const viewHint = (many: string) => `How you look at the ${many} now, to come back to it.`
export const viewIsChanged = (name: string) => `“${name}” shows this now.`
export const views = 'Views'
export const whatIsInThemGoes = 'What is in them goes into the trash with them. All of it can be taken back from there.'
export const widthOf = (label: string) => `Width of ${label}`
export const yes = 'Yes'
