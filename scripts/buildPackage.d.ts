export interface PackageOptions {
  /** The package's directory. */
  readonly directory: string
  /** Its entry points: the names of modules in `src`. */
  readonly entries: readonly string[]
  /** Declarations: from where, to which folder below `types`, and what is replaced in them. */
  readonly declarations: readonly {
    readonly from: string
    readonly to?: string
    readonly replace?: Readonly<Record<string, string>>
  }[]
}
export declare function buildPackage({ directory, entries, declarations }: PackageOptions): Promise<void>
//# sourceMappingURL=buildPackage.d.ts.map
