/** The values that were used last. */
export class Recent<Value> {
  private readonly values = new Map<string, Value>();

  constructor(private readonly most: number) {}

  /** The value of a key, made when it is not there any more; one that cannot be made is not kept. */
  async get(key: readonly (string | number)[], make: () => Promise<Value>): Promise<Value> {
    const name = JSON.stringify(key);
    const value = this.values.has(name) ? this.values.get(name)! : await make();
    this.values.delete(name);
    this.values.set(name, value);
    if (this.values.size > this.most) this.values.delete(this.values.keys().next().value!);
    return value;
  }
}
