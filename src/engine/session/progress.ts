/** What a long request is doing; `done` of `total` when that can be counted. */
export type Progress = (stage: string, done?: number, total?: number) => void;
