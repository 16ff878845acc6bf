/** The process that holds the compiler. It runs no code: it is asked by its parent, one question after another, and ends with it. */
import { answer } from './questions';
import { checkedJson, QUESTIONS, type QuestionName } from './messages';

const send = (message: unknown) => void process.send!(message);

/** Why a question has no answer, as a sentence. */
function sentence(error: unknown): string {
  if (error instanceof RangeError && /call stack/.test(error.message)) return 'The code is nested too deeply for the compiler.';
  const { message } = error as Error;
  return message.endsWith('.') ? message : `The compiler failed on this code (${message.split('\n')[0]}).`;
}

process.on('message', ({ question, asked }: { question: QuestionName; asked: unknown }) => {
  try {
    const checked = checkedJson(QUESTIONS[question].asked, asked) as never;
    for (const item of answer(question, checked, () => send({ ready: true }))) send({ item });
    send({ done: true });
  } catch (error) {
    send({ wrong: sentence(error) });
  }
});
process.on('disconnect', () => process.exit());

// What all programs share is read before the first question.
for (const _ of answer('hole', { language: 'typescript', before: 'let x: ', written: 'string', after: ' = "";' })) send({ started: true });
