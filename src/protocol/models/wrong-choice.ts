/** Which choice of the user's an error is about: where there is a button, it changes that one. */

/** The model, the SAEs that are used with it, the question that it is asked. */
export type UserChoice = 'model' | 'saes' | 'question';

/** Something that the user chose is missing, or cannot be used. */
export class WrongChoice extends Error {
  constructor(readonly choice: UserChoice, message: string, options?: ErrorOptions) {
    super(message, options);
  }
}

/** The same error, said to be about a choice; one that says so itself stays. */
export function aboutChoice(choice: UserChoice, error: unknown): WrongChoice {
  if (error instanceof WrongChoice) return error;
  return new WrongChoice(choice, (error as Error).message, { cause: error });
}
