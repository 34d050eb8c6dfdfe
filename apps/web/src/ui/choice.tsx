/** A labelled choice between a few options. */
export function Choice<Value extends string>(props: {
  label: string
  value: Value
  onChange: (value: Value) => void
  options: readonly (readonly [value: Value, label: string])[]
  /** Shows the label to screen readers only, if the options are clear enough. */
  compact?: boolean
}) {
  return (
    <label class="grid min-w-0 grid-cols-[minmax(0,1fr)] gap-1.5 text-sm">
      <span class={props.compact ? 'sr-only' : 'font-medium'}>{props.label}</span>
      <select
        class="min-h-11 rounded-xl border border-field bg-card px-3.5 text-base text-ink"
        onChange={(event) => props.onChange(event.currentTarget.value as Value)} // the options have no other values
      >
        {props.options.map(([value, label]) => (
          <option value={value} selected={value === props.value}>
            {label}
          </option>
        ))}
      </select>
    </label>
  )
}
