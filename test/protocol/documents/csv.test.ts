import { expect, test } from 'vitest';
import { csvRow } from '../../../src/protocol/documents/csv';

test('a cell says what it holds, and no spreadsheet runs it', () => {
  expect(csvRow(['a', 0.1, null, ' x', 'say "hi",\n', true])).toBe('a,0.1,," x","say ""hi"",\n",true\r\n');
  expect(csvRow([-1, '-1.5e-3', '+2', '.5', '-', 1e-7])).toBe('-1,-1.5e-3,+2,.5,"\'-",1e-7\r\n');
  for (const text of ['=1+2', '+cmd|x', '-2+3', '@SUM(A1)', '\t=1', '\r=1', '＝1']) expect(csvRow([text])).toBe(`"'${text}"\r\n`);
  expect(csvRow(['=HYPERLINK("x")'])).toBe('"\'=HYPERLINK(""x"")"\r\n');
});
