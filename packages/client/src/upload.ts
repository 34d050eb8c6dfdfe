import type { inferRouterOutputs } from '@trpc/server'
import type { AppRouter } from '@worldloom/api/contract'
import { type ErrorReason, FailureError, unreachable, type WorldloomFailure } from './errors.ts'
import { credentialsOf, type WorldloomClientOptions } from './links.ts'

type UploadedImage = inferRouterOutputs<AppRouter>['image']['byId']

export interface Upload {
  readonly method: 'POST' | 'PUT'
  /** Below the origin: `/api/v1/images`. */
  readonly path: string
  /** Sent beside the file as multipart/form-data. Without any, the file is sent by itself. */
  readonly fields?: Readonly<Record<string, string>> | undefined
  /** What the file is, if it is sent by itself. */
  readonly mediaType?: string | undefined
  readonly file: File
  /** Called with how much has been sent, from 0 to 1. */
  readonly onProgress?: ((share: number) => void) | undefined
  readonly signal?: AbortSignal | undefined
}

type UploadOptions = Pick<WorldloomClientOptions, 'url' | 'apiKey' | 'token' | 'headers'>

/** An upload that was refused, or did not arrive. */
export class UploadError extends FailureError {
  override readonly name = 'UploadError'

  /**
   * @param status undefined if there was no response
   * @param body the JSON of the response: a problem (RFC 9457), if it is one of Worldloom's
   */
  constructor(status?: number, body?: unknown, options?: ErrorOptions) {
    super(status === undefined ? unreachable : failureOfProblem(status, body), options)
  }
}

function failureOfProblem(status: number, body: unknown): WorldloomFailure {
  // What our own server answers; anything else has none of these.
  const problem = (typeof body === 'object' && body !== null ? body : {}) as {
    readonly detail?: string
    readonly reason?: ErrorReason
    readonly requestId?: string
  }
  return {
    message: problem.detail ?? `It was answered with the status ${status}.`,
    status,
    reason: problem.reason,
    requestId: problem.requestId,
    isTemporary: status === 429 || status >= 502,
  }
}

/**
 * Sends a file and says how far it is.
 *
 * @returns the JSON of the response
 * @throws {UploadError} which `readError` understands
 * @throws the reason of the signal
 */
export async function upload(options: UploadOptions, given: Upload): Promise<unknown> {
  const headers = await credentialsOf(options)
  const url = `${options.url.replace(/\/+$/, '')}${given.path}`
  const body = given.fields ? formOf(given.fields, given.file) : given.file
  if (!given.fields && given.mediaType) headers['content-type'] = given.mediaType
  // Only this tells a browser's progress; elsewhere streams do.
  const send = typeof XMLHttpRequest === 'function' ? sendByBrowser : sendByStream
  return await send(url, headers, body, given)
}

/**
 * Makes an image of a file, with its name unless another is given.
 *
 * @param options those of `createWorldloomClient`
 * @throws as {@link upload}
 * @example const image = await uploadImage({ url, apiKey }, { worldId, file, onProgress: (share) => bar.update(share) })
 */
export async function uploadImage(
  options: UploadOptions,
  {
    worldId,
    name,
    ...rest
  }: Pick<Upload, 'file' | 'onProgress' | 'signal'> & { readonly worldId: string; readonly name?: string | undefined },
): Promise<UploadedImage> {
  const fields = { worldId, ...(name !== undefined && { name }) }
  const made = await upload(options, { ...rest, method: 'POST', path: '/api/v1/images', fields })
  return made as UploadedImage // as the API document says
}

function formOf(fields: Readonly<Record<string, string>>, file: File): FormData {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields)) form.append(name, value)
  form.append('file', file)
  return form
}

type Send = (
  url: string,
  headers: Readonly<Record<string, string>>,
  body: FormData | File,
  given: Pick<Upload, 'method' | 'onProgress' | 'signal'>,
) => Promise<unknown>

const sendByBrowser: Send = async (url, headers, body, { method, onProgress, signal }) => {
  signal?.throwIfAborted()
  const request = new XMLHttpRequest()
  request.open(method, url)
  request.responseType = 'json'
  for (const [name, value] of Object.entries(headers)) request.setRequestHeader(name, value)
  request.upload.addEventListener('progress', ({ loaded, total }) => onProgress?.(total > 0 ? loaded / total : 0))
  return await new Promise<unknown>((resolve, reject) => {
    request.addEventListener('load', () => {
      if (request.status < 300) resolve(request.response)
      else reject(new UploadError(request.status, request.response))
    })
    request.addEventListener('error', () => reject(new UploadError()))
    request.addEventListener('abort', () => reject(signal?.reason))
    signal?.addEventListener('abort', () => request.abort(), { once: true })
    request.send(body)
  })
}

/** How much is read at once. */
const partSize = 64 * 1024

const sendByStream: Send = async (url, headers, body, { method, onProgress, signal }) => {
  const encoded = new Response(body)
  const type = headers['content-type'] ?? encoded.headers.get('content-type') ?? 'application/octet-stream'
  const whole = await encoded.blob()
  let sent = 0
  // Read as fast as it is sent, so what was read says how far it is.
  const parts = new ReadableStream<Uint8Array>({
    pull: async (controller) => {
      const part = new Uint8Array(await whole.slice(sent, sent + partSize).arrayBuffer())
      if (part.byteLength === 0) {
        controller.close()
        return
      }
      controller.enqueue(part)
      sent += part.byteLength
      onProgress?.(sent / whole.size)
    },
  })
  const init: RequestInit & { readonly duplex: 'half' } = {
    method,
    headers: { ...headers, 'content-type': type },
    body: parts,
    duplex: 'half',
    ...(signal && { signal }),
  }
  let response: Response
  try {
    response = await fetch(url, init)
  } catch (error) {
    signal?.throwIfAborted()
    throw new UploadError(undefined, undefined, { cause: error })
  }
  const answer: unknown = await response.json().catch(() => undefined)
  if (!response.ok) throw new UploadError(response.status, answer)
  return answer
}
