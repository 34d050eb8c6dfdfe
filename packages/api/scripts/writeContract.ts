/**
 * `node scripts/writeContract.ts`: writes the API's contract after the compiler has emitted its declarations. --verify:
 * checks whether the existing contract matches the sources --router <file> --declaration <file> --output <directory>:
 * for another router
 */
import { parseArgs } from 'node:util'
import { contractFault, ownContract, writeContract } from './contract.ts'

const { values } = parseArgs({
  options: {
    verify: { type: 'boolean', default: false },
    router: { type: 'string', default: ownContract.routerFile },
    declaration: { type: 'string', default: ownContract.declarationFile },
    output: { type: 'string', default: ownContract.outputDirectory },
  },
})

if (values.verify) {
  const fault = contractFault()
  if (fault) {
    console.error(fault)
    process.exitCode = 1
  }
} else {
  writeContract({
    routerFile: values.router,
    declarationFile: values.declaration,
    outputDirectory: values.output,
  })
}
