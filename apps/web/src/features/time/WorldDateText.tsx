import { formatWorldDate } from '@worldloom/schema/calendar/writeWorldDate'
import { useCalendar } from './calendar.ts'

/** A date in the words of the world. */
export default function WorldDateText(props: { date: string }) {
  const calendar = useCalendar()
  return <>{formatWorldDate(calendar(), props.date)}</>
}
