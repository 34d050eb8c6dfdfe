import { failureOf, fieldFaults, ProblemError, problemOf, unreachable } from '../../lib/failure.ts'

interface Upload {
  readonly method: 'POST' | 'PUT'
  readonly path: string
  readonly fields: Readonly<Record<string, string>>
  readonly file: File
  /** Called with the progress, from 0 to 1. */
  readonly onProgress?: (share: number) => void
  readonly signal?: AbortSignal
}

/**
 * Sends a file as multipart/form-data, with XMLHttpRequest because fetch does not report progress.
 *
 * @returns the JSON of the response
 * @throws {ProblemError}
 */
export async function upload({ method, path, fields, file, onProgress, signal }: Upload): Promise<unknown> {
  const body = new FormData()
  for (const [name, value] of Object.entries(fields)) body.append(name, value)
  body.append('file', file)
  const request = new XMLHttpRequest()
  request.open(method, path)
  request.responseType = 'json'
  request.upload.addEventListener('progress', ({ loaded, total }) => onProgress?.(total > 0 ? loaded / total : 0))
  return await new Promise<unknown>((resolve, reject) => {
    request.addEventListener('load', () => {
      if (request.status < 300) resolve(request.response)
      else reject(new ProblemError(problemOf(request.status, request.response)))
    })
    request.addEventListener('error', () => reject(new ProblemError(unreachable)))
    request.addEventListener('abort', () => reject(signal?.reason))
    signal?.addEventListener('abort', () => request.abort(), { once: true })
    request.send(body)
  })
}

/** Why an upload failed, whether because of the file or something else. */
export function refusalOf(error: unknown): string {
  const failure = failureOf(error)
  return fieldFaults(failure).file ?? failure.message
}
