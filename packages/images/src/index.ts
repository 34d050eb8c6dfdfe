export { type ImageFile, type ProcessedImage, processImage, type SizeType, sizeName, sizeTypes } from './process.ts'
export { ImageStore, type StoreConfig } from './store.ts'
