import { z } from 'zod'
import { changeSubjects } from './change.ts'
import { changeActions } from './history.ts'
import { idField, versionField } from './ids.ts'
import { pageInput } from './pagination.ts'
import { timestamp } from './time.ts'

/** How many webhooks a world can have. */
export const maxWebhooks = 10

const eventPattern = new RegExp(`^(\\*|(${changeSubjects.join('|')})\\.(\\*|${changeActions.join('|')}))$`)

/** A webhook's choice of events: `*`, `persona.*` or `persona.update`. */
const webhookEvent = z
  .string()
  .regex(eventPattern, 'Must be *, or a kind and an action, such as persona.* or persona.update')

const urlField = z
  .string()
  .max(2000, 'Must be at most 2,000 characters')
  .refine((text) => {
    if (!URL.canParse(text)) return false
    const { protocol, username, password, hash } = new URL(text)
    return /^https?:$/.test(protocol) && username === '' && password === '' && hash === ''
  }, 'Must be an http(s) address without a username, password or fragment')

const webhookFields = {
  url: urlField,
  description: z.string().max(200, 'Must be at most 200 characters'),
  events: z.array(webhookEvent).min(1, 'Choose at least one event').max(100, 'Must be at most 100 events'),
}

export const webhookListInput = z.strictObject({ worldId: idField })

export const webhookCreateInput = z.strictObject({
  worldId: idField,
  ...webhookFields,
  description: webhookFields.description.default(''),
  /** @default everything */
  events: webhookFields.events.default(['*']),
})

export const webhookUpdateInput = z.strictObject({
  id: idField,
  version: versionField,
  ...z.object(webhookFields).partial().shape,
  isActive: z.boolean('Must be true or false').optional(),
})

export const webhookIdInput = z.strictObject({ id: idField })
export const webhookDeliveriesInput = z.strictObject({ ...pageInput, id: idField })

const webhookShape = {
  id: idField,
  worldId: idField,
  ownerId: idField,
  url: z.string(),
  description: z.string(),
  events: z.array(z.string()),
  isActive: z.boolean(),
  /** Why it is switched off: by the owner, after a day of failures, as the address said that it is gone, or as its owner may not read the world any more. */
  offBecause: z.enum(['owner', 'failures', 'gone', 'access']).nullable(),
  /** How many changes are still to be looked at. */
  pending: z.int(),
  failures: z.int(),
  failingSince: timestamp.nullable(),
  nextAttemptAt: timestamp,
  version: versionField,
  createdAt: timestamp,
}

export const webhookAnswer = z.object(webhookShape).meta({ id: 'Webhook' })

/** With its secret, which is shown once. */
export const webhookMade = z.object({ ...webhookShape, secret: z.string() }).meta({ id: 'WebhookMade' })

export const webhookList = z.object({ items: z.array(webhookAnswer) })

export const webhookDelivery = z
  .object({
    id: idField,
    messageId: z.string(),
    event: z.string(),
    payload: z.string(),
    /** Of the response; null if there was none. */
    status: z.int().nullable(),
    /** The beginning of the response, or what went wrong. */
    response: z.string(),
    milliseconds: z.int(),
    at: timestamp,
  })
  .meta({ id: 'WebhookDelivery' })
