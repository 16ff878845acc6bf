/** The models that come with the package: one was trained on which error a program raises, one on types and on what stands at a place. */
export const PACKAGE_MODELS = ['python-errors', 'types'] as const;
export type PackageModel = (typeof PACKAGE_MODELS)[number];

export const isPackageModel = (name: string): name is PackageModel => (PACKAGE_MODELS as readonly string[]).includes(name);

/** Which of them is asked where none is chosen. @param open whether the question is about a place in code, not a template's */
export function packageModelFor(open: boolean): PackageModel {
  return open ? 'types' : 'python-errors';
}
