export { type JobList, jobCounts, listJobs } from './administration.ts'
export { defineJob, type JobDefinition } from './defineJob.ts'
export { type Attempt, type Enqueue, FailedForGoodError, handles, type JobHandler, Jobs } from './jobs.ts'
