/** The values that were used last. */
export class Recent<Value> {
  private readonly values = new Map<string, Value>();

  constructor(private readonly most: number) {}

  /** The value of a key, made when it is not there any more; one that cannot be made is not kept. */
  async get(key: readonly unknown[], make: () => Promise<Value>): Promise<Value> {
    const value = this.values.has(JSON.stringify(key)) ? this.peek(key)! : await make();
    this.set(key, value);
    return value;
  }

  /** Undefined where it is not there any more. */
  peek(key: readonly unknown[]): Value | undefined {
    return this.values.get(JSON.stringify(key));
  }

  set(key: readonly unknown[], value: Value): void {
    const name = JSON.stringify(key);
    this.values.delete(name);
    this.values.set(name, value);
    if (this.values.size > this.most) this.values.delete(this.values.keys().next().value!);
  }
}
