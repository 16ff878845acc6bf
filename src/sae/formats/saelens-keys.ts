/**
 * The keys of SAELens's cfg.json, as of versions 0.1 to 6.54 and of mats_sae_training before them. Any other key that is switched on is
 * refused.
 */

/** What changes the numbers: in version 6, and with the names before it. */
export const SETTINGS = [
  'architecture', 'd_in', 'd_out', 'd_sae', 'dtype', 'apply_b_dec_to_input', 'normalize_activations', 'reshape_activations', 'metadata', 'k',
  'rescale_acts_by_decoder_norm',
  'activation_fn', 'activation_fn_str', 'activation_fn_kwargs', 'finetuning_scaling_factor', 'hook_point', 'hook_point_layer', 'hook_point_head_index',
];

/** What tells where the SAE came from and where it belongs. */
export const INFORMATION = [
  'model_name', 'hook_name', 'hook_layer', 'hook_head_index', 'hook_name_out', 'hook_layer_out', 'hook_head_index_out', 'hf_hook_name', 'hf_hook_name_out',
  'model_class_name', 'model_from_pretrained_kwargs', 'prepend_bos', 'exclude_special_tokens', 'neuronpedia_id', 'context_size', 'seqpos_slice',
  'dataset_path', 'dataset_trust_remote_code', 'sae_lens_version', 'sae_lens_training_version', 'device', 'release', 'sae_id', 'training_tokens',
  'hook_eval', 'hook_point_eval',
];

/** Settings of a training run: they shaped the weights and change nothing once those are there. */
export const TRAINING_KEYS = [
  'decoder_init_norm', 'l1_coefficient', 'l1_warm_up_steps', 'lp_norm', 'l0_coefficient', 'l0_warm_up_steps', 'target_l0', 'jumprelu_init_threshold',
  'jumprelu_bandwidth', 'jumprelu_sparsity_loss_mode', 'jumprelu_tanh_scale', 'jumprelu_ste_to_input', 'pre_act_loss_coefficient',
  'use_sparse_activations', 'aux_loss_coefficient', 'mse_loss_normalization', 'use_ghost_grads', 'ghost_grads', 'noise_scale', 'init_encoder_as_decoder_transpose',
  'decoder_heuristic_init', 'decoder_heuristic_init_norm', 'decoder_orthogonal_init', 'decoder_bias_init_method', 'b_dec_init_method', 'normalize_sae_decoder',
  'scale_sparsity_penalty_by_decoder_norm', 'expansion_factor', 'from_pretrained_path', 'streaming', 'is_dataset_tokenized', 'use_chat_formatting',
  'use_cached_activations', 'cached_activations_path', 'n_batches_in_buffer', 'store_batch_size', 'store_batch_size_prompts', 'store_batch_size_tokens',
  'disable_concat_sequences', 'sequence_separator_token', 'activations_mixing_fraction', 'llm_device', 'act_store_device', 'prefetch_llm_batches', 'seed', 'autocast',
  'autocast_lm', 'compile_llm', 'llm_compilation_mode', 'compile_sae', 'sae_compilation_mode', 'train_batch_size', 'train_batch_size_tokens', 'adam_beta1',
  'adam_beta2', 'lr', 'lr_scheduler_name', 'lr_warm_up_steps', 'lr_end', 'lr_decay_steps', 'n_restart_cycles', 'finetuning_method', 'finetuning_tokens',
  'dead_feature_window', 'feature_sampling_window', 'dead_feature_threshold', 'n_eval_batches', 'eval_batch_size_prompts', 'eval_every_n_wandb_logs', 'logger',
  'log_to_wandb', 'log_activations_store_to_wandb', 'log_optimizer_state_to_wandb', 'log_weights_to_wandb', 'wandb_project', 'wandb_id', 'wandb_entity',
  'wandb_log_frequency', 'run_name', 'n_checkpoints', 'checkpoint_path', 'save_final_checkpoint', 'output_path', 'resume', 'resume_from_checkpoint', 'verbose',
  'model_kwargs', 'n_batches_for_norm_estimate', 'tokens_per_buffer', 'dataset', 'sae_class_name', 'local_context_size',
  // Until version 2, and of mats_sae_training's resampling of latents that never fire.
  'total_training_tokens', 'n_eval_seqs', 'feature_sampling_method', 'resample_batches', 'feature_reinit_scale',
  'dead_feature_estimation_method',
];
