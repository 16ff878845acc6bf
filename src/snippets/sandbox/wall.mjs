// The wall around the interpreter: what its WebAssembly may call in JavaScript once programs run.
//
// Whatever Python code does to Python, it leaves WebAssembly by the functions that the module imports and by no other
// way. So the imports are held here. Until `seal`, all work, as Pyodide needs them to start. After it, those listed
// below work, which know files in memory, clocks and memory itself; any other notes in JavaScript that it was called, and
// throws. What a program gets hold of inside Python (Pyodide's bridge, ctypes, raw memory) then leads nowhere.

/** Imports that programs may reach: each takes and gives numbers, and touches memory, the virtual files and clocks only. */
const open = new Set(
  `
  fd_close fd_read fd_write fd_sync fd_fdstat_get fd_seek fd_pread fd_pwrite clock_res_get clock_time_get random_get
  environ_sizes_get environ_get
  __syscall_fcntl64 __syscall_openat __syscall_faccessat __syscall_chdir __syscall_chmod __syscall_fchownat __syscall_dup
  __syscall_dup3 __syscall_fchdir __syscall_fchmod __syscall_fchmodat2 __syscall_fchown32 __syscall_fdatasync
  __syscall_fstat64 __syscall_stat64 __syscall_newfstatat __syscall_lstat64 __syscall_ftruncate64 __syscall_getcwd
  __syscall_getdents64 __syscall_mkdirat __syscall_mknodat __syscall_pipe __syscall_poll __syscall_fadvise64
  __syscall_fallocate __syscall_readlinkat __syscall_unlinkat __syscall_rmdir __syscall_renameat __syscall_statfs64
  __syscall_fstatfs64 __syscall_symlinkat __syscall_truncate64 __syscall_utimensat __syscall_ioctl
  __syscall_getuid32_js _maybe_poll_async _try_fcntl64
  _munmap_js _msync_js _mmap_js emscripten_resize_heap emscripten_get_heap_max
  _tzset_js _timegm_js _mktime_js _localtime_js _gmtime_js emscripten_date_now emscripten_get_now
  _PyEM_TrampolineCall_JS _Py_CheckEmscriptenSignals_Helper _emscripten_get_progname __call_sighandler
`
    .split(/\s+/)
    .filter(Boolean),
);

/** Imports by which a program ends the interpreter; they never return. */
const endings = new Set(['exit', 'proc_exit', '_abort_js', '__assert_fail']);

/**
 * In the realm: gives `wrap(imports)`, the imports of the module behind the wall. `host.sealed()` says whether the wall is
 * shut; `host.reached(name)` notes a call of what is behind it; `host.umask(mask)` sets the mask of new files' modes.
 */
export const wallInRealm = `(host) => {
  const open = new Set(${JSON.stringify([...open])});
  const guarded = new Map();
  const guard = (name, real) => {
    if (real instanceof WebAssembly.Global || real instanceof WebAssembly.Memory || real instanceof WebAssembly.Table ||
        (WebAssembly.Tag && real instanceof WebAssembly.Tag)) return real;
    if (name === '__syscall_umask_js') return (mask) => host.umask(mask);
    if (typeof real === 'function' && open.has(name)) return real;
    if (guarded.has(name)) return guarded.get(name);
    const guardian = (...values) => {
      if (!host.sealed() && typeof real === 'function') return real(...values);
      host.reached(name);
      throw new Error('the sandbox has no ' + name);
    };
    guarded.set(name, guardian);
    return guardian;
  };
  const behind = (imports) => new Proxy(imports, { get: (target, name) => guard(name, target[name]) });
  return (imports) => ({ ...imports, env: behind(imports.env), wasi_snapshot_preview1: behind(imports.wasi_snapshot_preview1) });
}`;

/** The wall's state. `reached` is the first import that was called behind it, null if none was; `umask` is set once files are there. */
export function makeWall() {
  const wall = {
    sealed: false,
    reached: null,
    umask: () => 0,
    /** Whether the program ended the interpreter, rather than tried to leave it. */
    get ended() {
      return endings.has(wall.reached);
    },
    host: {
      sealed: () => wall.sealed,
      reached: (name) => void (wall.reached ??= String(name)),
      umask: (mask) => wall.umask(mask),
    },
  };
  return wall;
}
