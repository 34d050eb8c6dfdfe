import { z } from 'zod'
import { defineEntity } from './defineEntity.ts'
import { paragraph } from './fields.ts'
import { imageTypes } from './imageTypes.ts'

export const image = defineEntity({
  kind: 'image',
  plural: 'images',
  wording: {
    one: 'image',
    many: 'images',
    about: 'An image is a map, a portrait, a sketch: a file with words beside it.',
  },
  fields: {
    altText: paragraph({ label: 'Text instead of the image', hint: 'What is to be seen, for those who cannot' }, 1000),
  },
  // Null until a file is uploaded.
  serverFields: {
    mediaType: z.enum(imageTypes).nullable(),
    width: z.int().nullable(),
    height: z.int().nullable(),
    byteSize: z.int().nullable(),
    checksum: z.string().nullable(),
  },
})
