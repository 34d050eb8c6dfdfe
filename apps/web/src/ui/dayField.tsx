/** A day, such as 2027-01-31. */
export function DayField(props: {
  label: string
  value: string | undefined
  onChange: (day: string | undefined) => void
}) {
  return (
    <label class="flex items-center gap-2 text-sm text-soft">
      {props.label}
      <input
        type="date"
        class="min-h-11 rounded-xl border border-field bg-card px-3 text-base text-ink"
        value={props.value ?? ''}
        onChange={(event) => props.onChange(event.currentTarget.value || undefined)}
      />
    </label>
  )
}
