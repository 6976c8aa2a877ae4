/** Whether the reader of stdout has closed the pipe. */
export const isReaderGone = (error: Error): boolean => 'code' in error && error.code === 'EPIPE';
