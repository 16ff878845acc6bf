/** Models that can be opened: where they are, what is known about them, and how they get here. */
import * as z from 'zod';
import type { BlockSite } from '../../vocabulary/sites';
import { said, text } from '../fields';

/**
 * Names a model, wherever one is named:
 *
 * - empty: one of those that come with the package, by what is asked; `python-errors` or `types`: that one
 * - a folder with config.json, tokenizer.json and safetensors, or a `.gguf` file: an absolute path, `~/…`, `./…`, `../…`,
 *   or another relative path where something lies there
 * - `org/name`, `org/name@revision`: of the Hugging Face Hub, in the store or in Hugging Face's own cache. The revision is a branch,
 *   a tag or a commit; without one it is `main`
 * - `org/name:file.gguf`, `org/name@revision:file.gguf`: a GGUF file of such a repository
 * - `org/name:Q4_K_M`: that of its GGUF files that is quantised so
 * - the address of a model's page or file on the Hub, and `gpt2` and the few others that have no owner there: see hub-address.ts
 * - `ollama:name`, `ollama:name:tag`: in Ollama's store; without a tag it is `latest`
 *
 * One more names no model, and is understood by addModel, by removeModel and where SAEs are named: `org/name/folder`,
 * `org/name/folder@revision` is a folder of SAEs in a repository.
 */
export type ModelReference = string;

/** A model, and which folder a relative path starts from: none for null, and then only `./…` and the like are refused, as paths. */
export const namedModel = z.object({ model: text, from: text.nullable().optional() });
export type NamedModel = z.input<typeof namedModel>;

export const reference = z.object({ reference: text });

/** package: comes with Latent Lens. store: our own folder. huggingface: the cache that Python's huggingface_hub keeps. */
export type ModelPlace = 'package' | 'store' | 'huggingface' | 'ollama';

export interface ModelList {
  /** The store's folder. */
  store: string;
  /** What the store takes up, in bytes. */
  bytes: number;
  /** What is free on its disk, in bytes; null where the system does not say. */
  free: number | null;
  models: ListedModel[];
  /** Folders of SAEs in the store. */
  saes: ListedSaes[];
  /** What could not be read, in sentences. */
  problems: string[];
}

export interface ListedModel {
  /** What to give as the model, and to modelInfo and removeModel. */
  reference: ModelReference;
  place: ModelPlace;
  format: 'safetensors' | 'gguf';
  /** Absolute path of the folder, or of the GGUF file. */
  path: string;
  /** On disk. */
  bytes: number;
  /** Of the Hub's repository; null elsewhere. */
  commit: string | null;
  /** Whether a download was broken off: addModel goes on with it. */
  incomplete: boolean;
  /** Whether removeModel removes it: only what is in the store. */
  removable: boolean;
  /** Bytes in the store that a GGUF file became when it was opened; removeModel frees them, wherever the file is. */
  unpacked?: number;
}

export interface ListedSaes {
  /** `org/name/folder` or `org/name/folder@revision`. */
  reference: string;
  /** What to name where folders of SAEs are named. */
  path: string;
  bytes: number;
  commit: string;
  incomplete: boolean;
}

/** What is known about a model without opening it. What a file does not say, or is not there to say, is null. */
export interface ModelInfo {
  reference: ModelReference;
  /** Null where it is a folder or file of the user's own. */
  place: ModelPlace | null;
  format: 'safetensors' | 'gguf';
  path: string;
  commit: string | null;
  /** Why it cannot be opened, in sentences that say what to do; none for one that can. */
  problems: string[];
  /** `model_type` of config.json, or `general.architecture` of a GGUF file. */
  family: string | null;
  layers: number | null;
  width: number | null;
  heads: number | null;
  keyValueHeads: number | null;
  vocabulary: number | null;
  /** Tokens. */
  context: number | null;
  /** Numbers in all its weights, as the files' headers say. */
  parameters: number | null;
  /** How they are stored, most bytes first: `BF16`, `Q4_K` and so on. */
  dtypes: string[];
  /** On disk. */
  bytes: number;
  /** Whether it brings its tokenizer. */
  tokenizer: boolean;
  /** Whether it brings a chat template, as models that follow instructions do. */
  chatTemplate: boolean;
  /** The sites of its blocks, as `hook_resid_pre` or `attn.hook_q`; none where its family is not known. */
  sites: BlockSite[];
  estimate: LoadEstimate | null;
}

/** What opening and using a model takes, roughly. */
export interface LoadEstimate {
  /** Bytes: the weights in float32, which is what the engine computes in, and room to compute. */
  memory: number;
  /** Bytes that this machine, or the container, has. */
  machine: number;
  /** Bytes that programs may take now; null where the system does not say (macOS counts what it would give back as used). */
  free: number | null;
  /** A sweep of patching over all layers and positions of a prompt of so many tokens, by how fast this machine multiplies now. */
  sweep: { tokens: number; seconds: number };
}

/** A repository of the Hub, looked up before anything is downloaded. */
export interface HubModel {
  /** `org/name` as the Hub spells it. */
  id: string;
  /** The commit that the revision stands for now. */
  commit: string;
  /** As its model card names it, such as `apache-2.0`. */
  licence: string | null;
  /** Whether a licence has to be accepted on the Hub, with an account, before its files are served. */
  gated: boolean;
  /** What addModel would fetch for the reference that was given: files, and how many bytes of them. */
  files: { name: string; bytes: number }[];
  bytes: number;
  /** Of these so many bytes are here already, from a download that was broken off or finished. */
  here: number;
  /** GGUF files that could be chosen instead with `org/name:file.gguf`. */
  ggufs: { name: string; bytes: number }[];
  /** Why it cannot be added or opened, in a sentence; null when it can as far as one sees. */
  problem: string | null;
  /** Free bytes on the store's disk. */
  free: number | null;
}

/** The proxy for a request to the Hub; it is used for this request and not kept. */
const hubProxy = said(
  z.object({
    /** `http://host:port`, with a name and a password before the host where it wants them; null for that of the environment. */
    url: text.nullable(),
    /** Hosts that are asked directly, with those below them; `*` for all. Those of the environment's NO_PROXY are as well. */
    noProxy: z.array(text),
  }),
  { secret: true, words: 'an address, and a list of hosts without it. Correct http.proxy and http.noProxy in the settings' },
);
export type HubProxy = z.input<typeof hubProxy>;

/** Asks the Hub. The token is used for this request and not kept; it goes to the Hub's own host only. */
export const askHub = z.object({
  reference: text,
  token: said(text.nullable().optional(), { secret: true }),
  /** Another Hub than `HF_ENDPOINT` or https://huggingface.co, such as a mirror. */
  endpoint: text.nullable().optional(),
  proxy: hubProxy.nullable().optional(),
});
export type AskHub = z.input<typeof askHub>;

export interface AddedModel {
  /** What to give as the model; of SAEs, what to give to removeModel, or as SAEs. */
  reference: string;
  kind: 'model' | 'saes';
  /** Absolute path of the folder or GGUF file. */
  path: string;
  commit: string;
  bytes: number;
  /** Of these so many were downloaded now; 0 when all was here. */
  downloaded: number;
}

/** How far a download is; sent a few times a second. */
export interface DownloadProgress {
  /** The file that is being fetched, and its number from 1. */
  file: string;
  number: number;
  files: number;
  /** Of all files, with what was here before. */
  bytes: number;
  total: number;
  /** Over the last seconds; null before that is known, and while waiting. */
  bytesPerSecond: number | null;
  /** Why nothing comes just now, in a sentence: a hash is computed, or the server asked to wait. */
  waiting: string | null;
}

/** Why the Hub did not serve: what an editor may ask the user for. */
export type HubRefusal = 'token' | 'licence' | 'missing' | 'space' | 'network';

/** The file models/catalog.json: models that are studied for code, and SAEs that were trained on them. Null is not known. */
export interface Catalog {
  models: CatalogModel[];
}

export interface CatalogModel {
  /** On the Hub, which is the reference too. */
  id: string;
  name: string;
  /** `model_type` of its config.json. */
  family: string;
  parameters: number | null;
  /** Of the weights that addModel fetches, without the small files beside them. */
  downloadBytes: number | null;
  /** As the Hub names it. */
  licence: string | null;
  gated: boolean;
  /** Programming languages it was trained on, where its authors name them; 'many' else. */
  languages: string[];
  /** Tokens. */
  context: number;
  /** What it is good for here, in a sentence. */
  about: string;
  saes: CatalogSaes[];
}

/** A release of SAEs, a folder for each layer and width. */
export interface CatalogSaes {
  /** As SAELens names the release; null where it does not. */
  release: string | null;
  /** On the Hub. */
  repository: string;
  /** A folder of it, with {layer} and others of `choices` in braces: `repository/folder` is what addModel takes. */
  folder: string;
  /** What can stand for each brace; layers are here too. */
  choices: Record<string, string[]>;
  /** Braces that are not chosen but follow from the layer: for each, what stands for it at a layer. */
  follows?: Record<string, Record<string, string>>;
  /** TransformerLens's name of the site, with {layer}. */
  hook: string;
  architecture: string | null;
  /** Latents; none where that is not known. */
  widths: number[];
  licence: string | null;
  /** Neuronpedia's id of the set, with {layer}; null where it has none. */
  neuronpedia: string | null;
}
