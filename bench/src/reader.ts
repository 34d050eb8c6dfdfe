/**
 * Reads continuously in a separate process until told to stop, then reports how long each request took, in
 * milliseconds.
 */
const { TARGET = '', COOKIE = '' } = process.env
let took: number[] = []
let isReading = true
process.on('message', () => {
  isReading = false
})
// Loading fetch and connecting are not the server's time.
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
