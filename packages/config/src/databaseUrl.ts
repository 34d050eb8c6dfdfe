const severalHosts = /^(postgres(?:ql)?:\/\/(?:[^@/?#]*@)?)([^/?#@]*,[^/?#@]*)(.*)$/

/**
 * The hosts of a database's URL, which may name several as libpq understands it, as a URL for each.
 *
 * @see https://www.postgresql.org/docs/current/libpq-connect.html#LIBPQ-MULTIPLE-HOSTS
 */
export function hostUrls(url: string): readonly [string, ...string[]] {
  const [, before, hosts, after] = severalHosts.exec(url) ?? []
  const [first = url, ...others] = hosts ? hosts.split(',').map((host) => `${before}${host}${after}`) : [url]
  return [first, ...others]
}

/** Where a database is, for people: without user and password. */
export function hostsOf(url: string): string {
  return hostUrls(url)
    .map((one) => new URL(one).host)
    .join(', ')
}
