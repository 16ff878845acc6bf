/** The languages in which types are asked about and hovered over, by the editor's names for them. */
export const TYPED_LANGUAGES: readonly string[] = ['typescript', 'typescriptreact', 'javascript', 'javascriptreact', 'python'];

/** As VS Code selects documents. */
export const TYPED_DOCUMENTS = TYPED_LANGUAGES.map((language) => ({ language }));
