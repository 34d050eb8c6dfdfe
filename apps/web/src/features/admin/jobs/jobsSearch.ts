import { type JobState, jobStates } from '@worldloom/schema/jobState'

/** The filters of the list of jobs, as in the URL. */
export interface JobsSearch {
  state?: JobState | undefined
  name?: string | undefined
}

export function isJobState(value: unknown): value is JobState {
  return jobStates.includes(value as JobState) // it is looked for, whatever it is
}

export function readJobsSearch({ state, name }: Record<string, unknown>): JobsSearch {
  return { ...(isJobState(state) && { state }), ...(typeof name === 'string' && { name }) }
}
