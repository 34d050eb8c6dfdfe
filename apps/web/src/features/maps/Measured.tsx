import { createSignal, Show } from 'solid-js'
import { call } from '../../lib/api.ts'
import { failureOf } from '../../lib/failure.ts'
import { refreshWorlds } from '../../lib/kinds.ts'
import { language } from '../../lib/words.ts'
import { Button } from '../../ui/button.tsx'
import { showToast } from '../../ui/toast.ts'
import { showChanged } from '../undo/showChanged.ts'
import type { WholeMap } from './markerName.ts'
import * as words from './words.ts'

const format = new Intl.NumberFormat(language, { maximumSignificantDigits: 3 })

/** The length of what was drawn. Of a map without a scale, its scale can be set by it. */
export function Measured(props: {
  map: WholeMap
  /** The length, in widths of the image. */
  widths: number
  mayChange: boolean
}) {
  const [given, setGiven] = createSignal('')
  const [unit, setUnit] = createSignal(props.map.unit)
  const length = () => Number(given().replace(',', '.'))
  const set = async (event: Event) => {
    event.preventDefault()
    try {
      const { id, version } = props.map
      await call.map.update.mutate({ id, version, unitsAcross: length() / props.widths, unit: unit() })
      await refreshWorlds()
      showChanged(words.theScaleIsSet)
    } catch (error) {
      showToast(failureOf(error).message)
    }
  }
  return (
    <Show
      when={props.map.unitsAcross}
      fallback={
        <Show when={props.mayChange} fallback={words.thisMapHasNoScale}>
          <form class="flex flex-wrap items-center gap-2" onSubmit={(event) => void set(event)}>
            <span>{words.thisIs}</span>
            <input
              class="h-9 w-20 rounded-lg border border-field bg-card px-2"
              inputmode="decimal"
              aria-label={words.length}
              value={given()}
              onInput={(event) => setGiven(event.currentTarget.value)}
            />
            <input
              class="h-9 w-28 rounded-lg border border-field bg-card px-2"
              placeholder={words.miles}
              aria-label={words.unit}
              value={unit()}
              onInput={(event) => setUnit(event.currentTarget.value)}
            />
            <Button class="min-h-8 py-0.5" type="submit" disabled={!(length() > 0)}>
              {words.setTheScale}
            </Button>
          </form>
        </Show>
      }
    >
      {(across) => (
        <strong>
          {format.format(props.widths * across())} {props.map.unit}
        </strong>
      )}
    </Show>
  )
}
