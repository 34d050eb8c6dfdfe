import { randomUUID } from 'node:crypto'
import { type ImageStore, makeSizes, processImage } from '@worldloom/images'
import { BadInputError, entityByIdInput, image, maxImageBytes } from '@worldloom/schema'
import {
  createImageWithFile,
  findImageFile,
  type Image,
  requireWorldRole,
  type StoredFile,
  setImageFile,
} from '@worldloom/worlds'
import { Hono } from 'hono'
import { HTTPException } from 'hono/http-exception'
import { z } from 'zod'
import type { AppContext, AppEnvironment } from '../appTypes.ts'
import { calling } from '../calling.ts'
import { imageSizesJob } from '../imageSizes.ts'
import { answering } from '../problem.ts'
import type { ContextDependencies } from '../requestContext.ts'
import { fileQuery, serveImageFile } from '../serveImageFile.ts'
import { etagOf, versionOf } from '../versions.ts'

/** The largest upload: the file and its form fields. */
export const maxUploadBytes = maxImageBytes + 1024 * 1024

/** Of the caller's limit: the file is decoded and made smaller. */
const uploadCost = 5

/** Whether a request uploads a file, and so may be larger than others. */
export function isUpload(c: AppContext): boolean {
  return /^\/api\/v1\/images(\/[^/]+\/file)?$/.test(c.req.path) && isMultipart(c)
}

/** The files of images, uploaded as multipart/form-data and served under the world's access rules. */
export function imageRoutes(deps: ContextDependencies, store: ImageStore): Hono<AppEnvironment> {
  return new Hono<AppEnvironment>()
    .post('/images', async (c, next) => {
      // JSON calls the procedure, for an image whose file comes later.
      if (!isMultipart(c)) return await next()
      return await answering(c, async () => {
        const { db, writer, wrote } = await calling(deps, c, 'entity:create', uploadCost)
        const { file, fields } = await readForm(c)
        const isNameGiven = fields.name !== undefined
        const input = image.createInput.parse({ name: nameOf(file), ...fields })
        // Checked before decoding anything.
        await requireWorldRole(db, writer.principal, input.worldId, 'editor')
        return await storing(deps, store, input.worldId, file, async (stored) => {
          const made = await createImageWithFile(db, writer, input, stored, { isNameGiven })
          await wrote()
          c.header('location', `/api/v1/images/${made.id}`)
          return answerWith(c, made, 201)
        })
      })
    })
    .put('/images/:id/file', (c) =>
      answering(c, async () => {
        const { db, writer, entities, wrote } = await calling(deps, c, 'entity:update', uploadCost)
        const { id } = entityByIdInput.parse(c.req.param())
        if (!isMultipart(c)) throw new HTTPException(415, { message: 'Send the file as multipart/form-data.' })
        const { file, fields } = await readForm(c)
        const { version } = z
          .object({ version: image.updateInput.shape.version })
          .parse({ version: versionOf(c, fields.version && Number(fields.version)) })
        const { worldId } = await entities.load(writer.principal, { definition: image, id })
        await requireWorldRole(db, writer.principal, worldId, 'editor')
        return await storing(deps, store, worldId, file, async (stored) => {
          const changed = await setImageFile(db, writer, { id, version }, stored)
          await wrote()
          return answerWith(c, changed, 200)
        })
      }),
    )
    .get('/images/:id/file', (c) =>
      answering(c, async () => {
        const { db, writer } = await calling(deps, c, 'entity:read')
        const { id } = entityByIdInput.parse(c.req.param())
        const query = fileQuery.parse(c.req.query())
        return await serveImageFile(c, store, await findImageFile(db, writer.principal, id), query)
      }),
    )
}

function isMultipart(c: AppContext): boolean {
  return /^multipart\/form-data\b/i.test(c.req.header('content-type') ?? '')
}

async function readForm(c: AppContext): Promise<{ file: File; fields: Record<string, string> }> {
  let form: FormData
  try {
    form = await c.req.formData()
  } catch {
    throw new HTTPException(400, { message: 'The form is broken off or no multipart/form-data.' })
  }
  const file = form.get('file')
  if (!(file instanceof File)) throw new BadInputError({ file: ['Is required: send the image as a part named file'] })
  const fields = new Map<string, string>()
  for (const [name, value] of form.entries()) {
    if (name === 'file' && value === file) continue
    if (typeof value !== 'string' || fields.has(name)) throw new BadInputError({ [name]: ['Is given more than once'] })
    fields.set(name, value)
  }
  return { file, fields: Object.fromEntries(fields) }
}

/** The name of an image that was given none: the file's, without the extension. */
function nameOf(file: File): string {
  const name = file.name.replace(/\.[A-Za-z0-9]{1,5}$/, '').replace(/\0/g, '')
  return name.toWellFormed().slice(0, 200) || 'Image'
}

/** Processes and stores a file, has its smaller sizes made, and removes it again if saving the image fails. */
async function storing(
  { db, jobs }: Pick<ContextDependencies, 'db' | 'jobs'>,
  store: ImageStore,
  worldId: string,
  file: File,
  use: (stored: StoredFile) => Promise<Response>,
): Promise<Response> {
  const { original, ...about } = await processImage(new Uint8Array(await file.arrayBuffer()))
  const fileKey = `${worldId}/${randomUUID()}`
  let response: Response
  try {
    // The smallest is made at once, as lists show it; the others take longer.
    await store.put(fileKey, [original, ...(await makeSizes(original.bytes, ['thumb']))])
    response = await use({ fileKey, ...about })
  } catch (error) {
    // Files that can't be removed now are swept later.
    await store.delete(fileKey).catch(() => undefined)
    throw error
  }
  // Looked for every minute as well, so that a failure here loses nothing.
  await jobs.enqueue(db, imageSizesJob, {}).catch(() => undefined)
  return response
}

function answerWith(c: AppContext, made: Image, status: 200 | 201): Response {
  return c.json(made, status, { etag: etagOf(made) ?? '', 'cache-control': 'private, no-cache' })
}
