import { TextField } from '@kobalte/core/text-field'
import { Show } from 'solid-js'

const input =
  'w-full rounded-xl border border-field bg-card px-3.5 py-2.5 text-base text-ink placeholder:text-soft data-[invalid]:border-danger'

/** A labelled text field with a hint and an error. */
export function Field(props: {
  label: string
  name: string
  value: string
  onChange: (value: string) => void
  hint?: string | undefined
  /** The error, if any. */
  fault?: string | undefined
  /** @default 'text' */
  type?: 'text' | 'email' | 'password' | 'date' | 'number'
  /** What a browser or password manager may fill in. @default 'off' */
  autocomplete?: string
  /** The number of lines; makes it a text area. */
  rows?: number
  required?: boolean
  autofocus?: boolean
}) {
  return (
    <TextField
      class="grid gap-1.5"
      name={props.name}
      value={props.value}
      onChange={props.onChange}
      validationState={props.fault ? 'invalid' : 'valid'}
      {...(props.required && { required: true })}
    >
      <TextField.Label class="text-sm font-medium">{props.label}</TextField.Label>
      <Show
        when={props.rows}
        fallback={
          <TextField.Input
            class={input}
            type={props.type ?? 'text'}
            autocomplete={props.autocomplete ?? 'off'}
            {...(props.autofocus && { autofocus: true })}
          />
        }
      >
        {(rows) => <TextField.TextArea class={`${input} resize-y leading-relaxed`} rows={rows()} />}
      </Show>
      <Show when={props.hint && !props.fault}>
        <TextField.Description class="text-sm text-soft">{props.hint}</TextField.Description>
      </Show>
      <TextField.ErrorMessage class="text-sm font-medium text-danger">{props.fault}</TextField.ErrorMessage>
    </TextField>
  )
}
