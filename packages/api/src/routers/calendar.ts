import { calendarPreview, calendarPreviewInput, dateParsed, dateParseInput } from '@worldloom/schema'
import { parseDate, previewCalendar, readsEntities } from '@worldloom/worlds'
import { procedure, router } from '../trpc.ts'

/** The calendar of a world, which is a field of it, and dates in it. */
export const calendarRouter = router({
  /** What changing the calendar would do to the dates of a world. */
  preview: procedure(readsEntities, {
    method: 'POST',
    path: '/worlds/{worldId}/calendar/preview',
    summary: 'Preview what another calendar does to the dates of a world',
    answer: calendarPreview,
  })
    .input(calendarPreviewInput)
    .mutation(({ ctx, input }) => previewCalendar(ctx.db, ctx.principal, input)),

  parse: procedure(readsEntities, {
    method: 'GET',
    path: '/worlds/{worldId}/calendar/date',
    summary: 'Read a date in the calendar of a world',
    answer: dateParsed,
  })
    .input(dateParseInput)
    .query(({ ctx, input }) => parseDate(ctx.db, ctx.principal, input)),
})
