export { archiveName, vaultName } from './archiveName.ts'
export { importFile } from './importFile.ts'
export { exportVault } from './vault/writeVault.ts'
export { exportWorld } from './writeArchive.ts'
