/** One process of the compiler for all commands of a test file: each that starts its own waits for it longer than for all else. */
import { afterAll, beforeAll, vi } from 'vitest';
import { JudgeProcess } from '../../../src/snippets/judge/process';

/** That processes start, and are gone at the end, is for test/snippets/judge/judge.test.ts to say. */
export function useOneJudge(): void {
  let kept: JudgeProcess | null = null;
  let end = () => {};
  beforeAll(() => {
    const start = JudgeProcess.start.bind(JudgeProcess);
    const spy = vi.spyOn(JudgeProcess, 'start').mockImplementation(async (limits) => {
      if (!kept?.alive) kept = lasting(await start(limits));
      return kept;
    });
    end = () => spy.mockRestore();
  });
  afterAll(() => {
    end();
    kept?.kill();
  });

  /** Whoever is done with it may say so: it ends only where it would have to in the middle of an answer, or when the file is through. */
  function lasting(judge: JudgeProcess): JudgeProcess {
    const [kill, ask] = [judge.kill.bind(judge), judge.ask.bind(judge)];
    let waiting = 0;
    let last: Promise<unknown> = Promise.resolve();
    judge.kill = () => void (waiting > 0 && kill());
    judge.ask = async (...asked) => {
      waiting++;
      const answer = last.then(() => ask(...asked));
      last = answer;
      return answer.finally(() => waiting--);
    };
    end = ((before) => () => {
      before();
      kill();
    })(end);
    return judge;
  }
}
