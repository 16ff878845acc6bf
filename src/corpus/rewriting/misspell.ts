import type { Random } from '../random';

/** A slip of the fingers in `name`: another case, or a letter dropped, doubled, moved or changed. */
export function misspell(name: string, random: Random): string {
  for (let attempt = 0; attempt < 10; attempt++) {
    const slip = once(name, random);
    if (slip !== name && /^[\p{L}_]/u.test(slip)) return slip;
  }
  return `${name}s`;
}

function once(name: string, random: Random): string {
  const at = random.int(0, name.length - 1);
  const head = name.slice(0, at);
  const tail = name.slice(at + 1);
  const letter = name[at]!;
  switch (random.int(0, 6)) {
    case 0:
      return head + tail;
    case 1:
      return head + letter + letter + tail;
    case 2:
      return head + (tail[0] ?? '') + letter + tail.slice(1);
    case 3:
      return head + random.pick([...'aeiourstnlm']) + tail;
    case 4:
      return name.endsWith('s') ? name.slice(0, -1) : `${name}s`;
    case 5:
      return name[0] === name[0]!.toUpperCase() ? name.toLowerCase() : name[0]!.toUpperCase() + name.slice(1);
    default:
      return name.includes('_') ? name.replace('_', '') : `${name}${random.pick(['1', '2', '_', 'r', 'e'])}`;
  }
}
