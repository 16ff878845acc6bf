/** Programs checked by the compiler, hundreds at a time in one program of its own. */
import ts from 'typescript';
import { ownFiles, programOf } from '../../../snippets/judge/program';

/** Whether each module checks alone; none sees another. */
export function checkAll(codes: readonly string[]): boolean[] {
  const files = new Map(codes.map((code, i) => [`${String(i).padStart(6, '0')}.ts`, `${code}\nexport {};\n`]));
  const program = programOf(files);
  return ownFiles(program)
    .sort((a, b) => (a.fileName < b.fileName ? -1 : 1))
    .map((file) => {
      if (program.getSyntacticDiagnostics(file).length > 0) return false;
      return program.getSemanticDiagnostics(file).every(({ category }) => category !== ts.DiagnosticCategory.Error);
    });
}
