/** Numbers as people read them in sentences: with a minus sign that is one, and none before a zero. */

/** "−1.50", "0.00". */
export function fixed(value: number, digits = 2): string {
  const text = value.toFixed(digits);
  return (Number(text) === 0 ? (0).toFixed(digits) : text).replace('-', '−');
}

/** "+1.50", "−1.50", "+0.00". */
export function signed(value: number, digits = 2): string {
  const text = fixed(value, digits);
  return text.startsWith('−') ? text : `+${text}`;
}
