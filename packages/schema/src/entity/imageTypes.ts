/** The types that can be uploaded, determined by content. */
export const imageTypes = ['image/png', 'image/jpeg', 'image/webp', 'image/avif', 'image/gif'] as const
export type ImageType = (typeof imageTypes)[number]

export const maxImageBytes = 20 * 1024 * 1024

/** The widths in pixels of the smaller sizes of an image. */
export const imageSizes = { thumb: 320, small: 640, large: 1600 } as const
export type ImageSize = keyof typeof imageSizes
