interface Item {
  name: string;
  price: number;
  quantity: number;
}

/** What a customer pays, in cents. */
export function total(items: Item[], discount: number): number {
  let sum = 0;
  for (const item of items) sum += item.price * item.quantity;
  return Math.round(sum * (1 - discount));
}

export function receipt(items: Item[], currency: string, discount = 0) {
  const lines = items.map((item) => `${item.quantity} × ${item.name}`);
  return [...lines, `${total(items, discount)} ${currency}`].join('\n');
}
