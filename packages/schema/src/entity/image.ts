import { z } from 'zod'
import { defineEntity } from './defineEntity.ts'
import { paragraph } from './fields.ts'

/** What can be uploaded, by its content. */
export const imageTypes = ['image/png', 'image/jpeg', 'image/webp', 'image/avif', 'image/gif'] as const
export type ImageType = (typeof imageTypes)[number]

export const maxImageBytes = 20 * 1024 * 1024

/** The widths in pixels that an image is also kept in. */
export const imageSizes = { thumb: 320, small: 640, large: 1600 } as const
export type ImageSize = keyof typeof imageSizes

export const image = defineEntity({
  kind: 'image',
  plural: 'images',
  wording: {
    one: 'image',
    many: 'images',
    about: 'An image is a map, a portrait, a sketch: a file with words beside it.',
  },
  fields: {
    altText: paragraph({ label: 'Text instead of the image', hint: 'What is to be seen, for those who can not' }, 1000),
  },
  // Null until a file was uploaded.
  serverFields: {
    mediaType: z.enum(imageTypes).nullable(),
    width: z.int().nullable(),
    height: z.int().nullable(),
    byteSize: z.int().nullable(),
    checksum: z.string().nullable(),
  },
})
