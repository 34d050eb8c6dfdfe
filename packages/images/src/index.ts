export { storeDrawing } from './drawing.ts'
export { drawPreview, type Preview, previewSize } from './preview.ts'
export {
  type ImageFile,
  makeSizes,
  type ProcessedImage,
  processImage,
  restoreImage,
  type SizeType,
  sizeName,
  sizeTypes,
} from './process.ts'
export { ImageStore, type StoreConfig } from './store.ts'
