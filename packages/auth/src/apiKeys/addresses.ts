import ipaddr from 'ipaddr.js'

/** An address and how many of its bits count. */
export type AddressRange = [ipaddr.IPv4 | ipaddr.IPv6, number]

/** @param text an address or a range in CIDR notation, as the inputs have been checked to be */
export function parseAddressRange(text: string): AddressRange {
  if (text.includes('/')) return ipaddr.parseCIDR(text)
  const address = ipaddr.process(text)
  return [address, address.kind() === 'ipv4' ? 32 : 128]
}

/** Whether an address is within one of several ranges. An IPv4 address counts as one also where it is written as IPv6. */
export function isWithin(ipAddress: string | undefined, ranges: readonly AddressRange[]): boolean {
  if (ipAddress === undefined || !ipaddr.isValid(ipAddress)) return false
  const address = ipaddr.process(ipAddress)
  return ranges.some(([base, bits]) => base.kind() === address.kind() && address.match([base, bits]))
}
