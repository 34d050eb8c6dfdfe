export { storeDrawing } from './drawing.ts'
export {
  type ImageFile,
  type ProcessedImage,
  processImage,
  restoreImage,
  type SizeType,
  sizeName,
  sizeTypes,
} from './process.ts'
export { ImageStore, type StoreConfig } from './store.ts'
