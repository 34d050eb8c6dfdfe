/** A procedure as a tool of the Model Context Protocol, beside its REST route. It takes what the procedure takes. */
export interface ToolDeclaration {
  /** `snake_case`, as models are used to. */
  readonly name: string
  /** What it is for, in sentences that a model chooses by. */
  readonly description: string
  /** Whether it only proposes something, or takes that back, so that there is nothing to undo. If its answer has a `url`, a person decides there. */
  readonly isProposal?: true
}
