import { createSignal, onCleanup } from 'solid-js'
import { refusalOf, type UploadOptions } from './upload.ts'

/** One upload at a time: how far it is, and why the last one was refused. It ends with what shows it. */
export function createUpload(sentenceOf: (error: unknown) => string = refusalOf) {
  const [sending, setSending] = createSignal<{ readonly name: string; readonly share: number }>()
  const [refusal, setRefusal] = createSignal<string>()
  const aborting = new AbortController()
  onCleanup(() => aborting.abort())
  const send = async (file: File | undefined, run: (file: File, options: UploadOptions) => Promise<void>) => {
    if (!file || sending()) return
    setRefusal(undefined)
    setSending({ name: file.name, share: 0 })
    const onProgress = (share: number) => setSending({ name: file.name, share })
    try {
      await run(file, { onProgress, signal: aborting.signal })
    } catch (error) {
      if (aborting.signal.aborted) return
      setRefusal(sentenceOf(error))
    }
    setSending(undefined)
  }
  return { sending, refusal, send }
}
