import { pagePaths } from '../../pagePaths.ts'
import * as words from './words.ts'

/** What of a world the tour shows, by id. */
export interface Exhibits {
  readonly worldId: string
  readonly personaId: string | undefined
  readonly storyId: string | undefined
}

export interface TourStep {
  readonly title: string
  readonly text: string
  readonly to: string
  readonly params: Readonly<Record<string, string>>
  /** What the step is about: the first of these that is seen. Without one, it is the whole page. */
  readonly about?: string
}

/** The steps through a world, without those that it has nothing for. */
export function stepsThrough({ worldId, personaId, storyId }: Exhibits): TourStep[] {
  const params = { worldId }
  return [
    {
      ...{ title: words.overviewTitle, text: words.overviewText, to: pagePaths.world, params },
      about: '[data-tour="pages"], [data-tour="menu"]',
    },
    ...(personaId
      ? [
          {
            ...{ title: words.listTitle, text: words.listText, to: pagePaths.entities },
            params: { worldId, plural: 'personas' },
            about: '[data-tour="layouts"]',
          },
          {
            ...{ title: words.entryTitle, text: words.entryText, to: pagePaths.entity },
            params: { worldId, plural: 'personas', entityId: personaId },
            about: '[data-edit]',
          },
        ]
      : []),
    ...(storyId
      ? [
          {
            ...{ title: words.boardTitle, text: words.boardText, to: pagePaths.storyBoard },
            params: { worldId, entityId: storyId },
          },
        ]
      : []),
    { title: words.timelineTitle, text: words.timelineText, to: pagePaths.worldTimeline, params },
    { title: words.graphTitle, text: words.graphText, to: pagePaths.worldGraph, params },
    { title: words.mapsTitle, text: words.mapsText, to: pagePaths.worldMaps, params },
    {
      ...{ title: words.paletteTitle, text: words.paletteText, to: pagePaths.world, params },
      about: '[data-tour="palette"]',
    },
  ]
}
