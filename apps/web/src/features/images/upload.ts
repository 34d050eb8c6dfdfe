import { upload as send, type Upload, UploadError } from '@worldloom/client'
import { failureOf, fieldFaults, ProblemError, unreachable } from '../../lib/failure.ts'

export type UploadOptions = Pick<Upload, 'onProgress' | 'signal'>

/**
 * Sends a file, as multipart/form-data or by itself.
 *
 * @returns the JSON of the response
 * @throws {ProblemError}
 */
export async function upload(given: Upload): Promise<unknown> {
  try {
    return await send({ url: '' }, given)
  } catch (error) {
    if (!(error instanceof UploadError)) throw error
    // In the language of the app, which the client does not know.
    throw new ProblemError(error.failure.status === undefined ? unreachable : error.failure)
  }
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
