/** The modules that a text imports by a path from where it lies, however it does. */
import ts from 'typescript';

export function relativeImports(text: string): string[] {
  const { importedFiles, referencedFiles } = ts.preProcessFile(text, true, true);
  const imported = importedFiles.map(({ fileName }) => fileName).filter((name) => /^\.\.?(?:\/|$)/.test(name));
  const referenced = referencedFiles.map(({ fileName }) => (/^\.\.?\//.test(fileName) ? fileName : `./${fileName}`));
  return [...new Set([...imported, ...referenced])];
}
