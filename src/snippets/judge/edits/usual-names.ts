/**
 * Names that mostly have one type in TypeScript packages: of the names of parameters, variables and properties in 67 packages (those of the
 * types model's training data, 120,000 annotations) the ones of which at least 70 % have that type in three packages or more; the types
 * that have few such names are filled up with the usual words.
 */
/** Names that mostly have one type in a language. */
export interface UsualNames {
  /** Of parameters, variables and properties, by types, the most usual first. */
  values: Readonly<Record<string, readonly string[]>>;
  /** Of functions, by what they return. */
  functions: Readonly<Record<string, readonly string[]>>;
  types: readonly string[];
}

const VALUES: UsualNames['values'] = {
  number: ['index', 'offset', 'count', 'length', 'depth', 'width', 'height', 'limit', 'delay', 'column', 'angle', 'total', 'statusCode'],
  string: ['id', 'text', 'label', 'className', 'language', 'username', 'filename', 'html', 'hostname', 'fieldName', 'email'],
  boolean: ['active', 'deleted', 'disabled', 'once', 'hidden', 'readOnly', 'exact', 'inclusive', 'isValid', 'collapsed'],
  'string[]': ['lines', 'words', 'tags', 'names'],
  'number[]': ['indices', 'scores', 'sizes', 'offsets'],
  Date: ['createdAt', 'date', 'updatedAt'],
  Error: ['error', 'err', 'cause'],
  '() => void': ['callback', 'listener', 'onChange'],
};

const FUNCTIONS: UsualNames['functions'] = {
  void: ['reset', 'dispose', 'destroy', 'clear', 'stop', 'handleEvent'],
  boolean: ['has', 'isActive', 'contains', 'isDisposed', 'isReady', 'verify', 'hasNextPage'],
  string: ['toString', 'getName', 'getLabel', 'formatText'],
  number: ['size', 'getCount', 'indexOf', 'getTotal'],
};

/** One is told from its name by the others. */
const TYPES: UsualNames['types'] = ['Logger', 'Options', 'Callback', 'Point', 'User', 'Config', 'Token', 'Handler', 'Color', 'Message'];

export const USUAL_NAMES: UsualNames = { values: VALUES, functions: FUNCTIONS, types: TYPES };
