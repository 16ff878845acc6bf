/** What labels the programs: the Python sandbox, or a stand-in in tests. */
export interface Labeller {
  runMany(
    codes: string[],
    onProgress?: undefined,
    signal?: AbortSignal,
  ): Promise<{ label: string; message?: string | null; line?: number | null }[]>;
}
