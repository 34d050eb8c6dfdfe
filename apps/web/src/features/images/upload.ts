import { failureOf, fieldFaults, ProblemError, problemOf, unreachable } from '../../lib/failure.ts'

interface Upload {
  readonly method: 'POST' | 'PUT'
  readonly path: string
  /** Undefined to send the file itself, without a form. */
  readonly fields?: Readonly<Record<string, string>>
  /** What the file is, if it is sent by itself. */
  readonly mediaType?: string
  readonly file: File
  /** Called with the progress, from 0 to 1. */
  readonly onProgress?: (share: number) => void
  readonly signal?: AbortSignal
}

export type UploadOptions = Pick<Upload, 'onProgress' | 'signal'>

/**
 * Sends a file, as multipart/form-data or by itself, with XMLHttpRequest because fetch does not report progress.
 *
 * @returns the JSON of the response
 * @throws {ProblemError}
 */
export async function upload({ method, path, fields, mediaType, file, onProgress, signal }: Upload): Promise<unknown> {
  const request = new XMLHttpRequest()
  request.open(method, path)
  request.responseType = 'json'
  if (mediaType) request.setRequestHeader('content-type', mediaType)
  request.upload.addEventListener('progress', ({ loaded, total }) => onProgress?.(total > 0 ? loaded / total : 0))
  return await new Promise<unknown>((resolve, reject) => {
    request.addEventListener('load', () => {
      if (request.status < 300) resolve(request.response)
      else reject(new ProblemError(problemOf(request.status, request.response)))
    })
    request.addEventListener('error', () => reject(new ProblemError(unreachable)))
    request.addEventListener('abort', () => reject(signal?.reason))
    signal?.addEventListener('abort', () => request.abort(), { once: true })
    request.send(fields ? formOf(fields, file) : file)
  })
}

function formOf(fields: Readonly<Record<string, string>>, file: File): FormData {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.append(name, value)
  form.append('file', file)
  return form
}

/** Makes an image of a file. @throws {ProblemError} */
export async function uploadImage(worldId: string, file: File, options: UploadOptions = {}): Promise<{ id: string }> {
  const made = await upload({ ...options, method: 'POST', path: '/api/v1/images', fields: { worldId }, file })
  return made as { id: string } // an image, as the API document says
}

/** Why an upload failed, whether because of the file or something else. */
export function refusalOf(error: unknown): string {
  const failure = failureOf(error)
  return fieldFaults(failure).file ?? failure.message
}
