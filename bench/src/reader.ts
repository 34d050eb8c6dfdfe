/**
 * Somebody who reads one thing after the other, in a process of their own, until told to stop: says then how long each
 * took, in milliseconds.
 */
const { TARGET = '', COOKIE = '' } = process.env
let took: number[] = []
let isReading = true
process.on('message', () => {
  isReading = false
})
// What it takes to load fetch and to connect is not the server's.
for (let warmUp = 0; warmUp < 10; warmUp++) await read()
took = []
process.send?.('ready')
while (isReading) await read()
process.send?.(took)
process.disconnect()

async function read(): Promise<void> {
  const began = performance.now()
  const response = await fetch(TARGET, { headers: { cookie: COOKIE } })
  await response.arrayBuffer()
  if (!response.ok) throw new Error(`refused with ${response.status}`)
  took.push(performance.now() - began)
}
