/** The user's own names of latents and notes about them, kept in the workspace or everywhere. */
import type { Memento } from 'vscode';
import type { EngineClient } from '../engine/client';
import { ModelSaes } from '../engine/model-saes';
import type { LatentRef } from '../../vocabulary/latent-name';

export type AnnotationScope = 'workspace' | 'everywhere';

export interface Annotation {
  /** One of both may be empty. */
  name: string;
  note: string;
  scope: AnnotationScope;
}

const KEY = 'latentAnnotations';
/** Within a model and an SAE, whose names may hold any sign but this one. */
const SEPARATOR = '\n';

export class Annotations {
  private readonly listeners = new Set<() => void>();
  private readonly saes: ModelSaes;
  private readonly mementos: Record<AnnotationScope, Memento>;

  constructor(engine: Pick<EngineClient, 'request'>, workspace: Memento, everywhere: Memento) {
    this.mementos = { workspace, everywhere };
    this.saes = new ModelSaes(engine, () => this.tell());
  }

  /** Called when an answer of `of` or `all` may be another one. */
  readonly onDidChange = (listener: () => void): { dispose: () => void } => {
    this.listeners.add(listener);
    return { dispose: () => this.listeners.delete(listener) };
  };

  /** Until this has asked the engine which SAEs there are nothing is known; does not fail. */
  async ready(): Promise<void> {
    await this.saes.get().catch(() => undefined);
  }

  /** To be called when the engine stops: it may open another model. */
  forgetModel(): void {
    this.saes.forget();
  }

  /** The workspace's, or else the one that is kept everywhere. */
  of(ref: LatentRef): Annotation | null {
    const key = this.keyOf(ref);
    if (key === null) return null;
    for (const scope of ['workspace', 'everywhere'] as const) {
      const found = readAnnotation(this.stored(scope)[key]);
      if (found) return { ...found, scope };
    }
    return null;
  }

  /** Those of the open model's SAEs. */
  all(): (LatentRef & Annotation)[] {
    const keys = [...new Set([...Object.keys(this.stored('workspace')), ...Object.keys(this.stored('everywhere'))])];
    return keys.flatMap((key) => {
      const ref = this.refOf(key);
      const annotation = ref && this.of(ref);
      return annotation ? [{ ...ref, ...annotation }] : [];
    });
  }

  /**
   * Keeps a name and a note. What is kept everywhere stays when the workspace gets its own, and is what counts when it gets none of its
   * own any more.
   * @throws when the latent's SAE is not one of the model's
   */
  async set(ref: LatentRef, { name, note, scope }: Annotation): Promise<void> {
    await this.saes.get();
    if (scope === 'everywhere') await this.update('workspace', ref, undefined);
    await this.update(scope, ref, { name, note });
    this.tell();
  }

  /** Removes what `of` answers. */
  async remove(ref: LatentRef): Promise<void> {
    const scope = this.of(ref)?.scope;
    if (!scope) return;
    await this.update(scope, ref, undefined);
    this.tell();
  }

  private async update(scope: AnnotationScope, ref: LatentRef, value: Omit<Annotation, 'scope'> | undefined): Promise<void> {
    const key = this.keyOf(ref);
    if (key === null) throw new Error(`The model has no SAE at ${ref.site}, so its latents cannot be named.`);
    const { [key]: before, ...others } = this.stored(scope);
    if (before !== undefined || value) await this.mementos[scope].update(KEY, value ? { ...others, [key]: value } : others);
  }

  private keyOf(ref: LatentRef): string | null {
    const name = this.saes.nameOf(ref);
    return name && [name.model, name.sae, ref.latent].join(SEPARATOR);
  }

  private refOf(key: string): LatentRef | null {
    const [model, sae, latent] = key.split(SEPARATOR);
    const site = this.saes.siteOf(model, sae ?? '');
    return site !== null && /^\d+$/.test(latent ?? '') ? { site, latent: Number(latent) } : null;
  }

  /** Whatever another version has kept: what cannot be read is left alone. */
  private stored(scope: AnnotationScope): Record<string, unknown> {
    const value = this.mementos[scope].get<unknown>(KEY);
    return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Record<string, unknown>) : {};
  }

  private tell(): void {
    for (const listener of [...this.listeners]) listener();
  }
}

function readAnnotation(value: unknown): { name: string; note: string } | null {
  if (typeof value !== 'object' || value === null) return null;
  const { name, note } = value as Record<string, unknown>;
  const text = (field: unknown) => (typeof field === 'string' ? field : '');
  return text(name) || text(note) ? { name: text(name), note: text(note) } : null;
}
