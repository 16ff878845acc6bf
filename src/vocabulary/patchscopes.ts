/**
 * Prompts for Patchscopes (Ghandeharioun et al. 2024, arXiv 2401.06102): an activation is put where the `?` at the end stands, and what
 * the model then writes is what it reads in the activation.
 */
export const PATCHSCOPES = {
  identity: {
    about: 'a prompt that repeats words, with the activation in place of the next one (Patchscopes)',
    text: 'cat -> cat\n1135 -> 1135\nhello -> hello\n?',
  },
  repeat: {
    about: 'the same with spaces between (as nnterp has it)',
    text: 'king king\n1135 1135\nhello hello\n?',
  },
  description: {
    about: 'a prompt that describes what is named, with the activation in place of the next name (Patchscopes)',
    text: 'Syria: Country in the Middle East, Leonardo DiCaprio: American actor, Samsung: South Korean multinational company, ?',
  },
  code: {
    about: 'assignments in Python that repeat a name, with the activation in place of the next one',
    text: "cat = 'cat'\ncount = 'count'\nhello = 'hello'\n?",
  },
} as const;
export type Patchscope = keyof typeof PATCHSCOPES;

export function isPatchscope(name: string): name is Patchscope {
  return Object.hasOwn(PATCHSCOPES, name);
}
