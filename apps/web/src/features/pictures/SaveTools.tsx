import Download from 'lucide-solid/icons/download'
import { For } from 'solid-js'
import { PictureTool } from '../../ui/pictureTools.tsx'
import { savePicture } from './savePicture.ts'
import * as words from './words.ts'

/** The buttons that save a picture. @param props.svg what is saved, as it is seen */
export function SaveTools(props: { title: string; svg: () => string | undefined | Promise<string | undefined> }) {
  return (
    <For each={['svg', 'png'] as const}>
      {(type) => (
        <PictureTool
          label={words.saveAs(type.toUpperCase())}
          text={type.toUpperCase()}
          onClick={async () => {
            const svg = await props.svg()
            if (svg) void savePicture(svg, props.title, type)
          }}
        >
          <Download class="size-4" aria-hidden="true" />
        </PictureTool>
      )}
    </For>
  )
}
