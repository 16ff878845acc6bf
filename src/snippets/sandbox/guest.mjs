/** Modules that keep no state a program could leave behind, short of assigning to their attributes. */
const pure = `
  math cmath re json string datetime collections itertools functools operator copy heapq bisect statistics
  decimal fractions dataclasses typing enum csv io textwrap time numbers types abc contextlib struct array
  base64 hashlib unicodedata difflib pprint __future__ timeit zlib binascii html reprlib
`;
const others = `
  collections.abc random os pathlib sys logging calendar inspect tempfile shutil glob traceback warnings
  argparse secrets pickle threading subprocess queue weakref urllib.parse configparser locale platform zoneinfo
  ast keyword tokenize graphlib colorsys unittest uuid errno
`;

/** What is imported before any program runs. */
export const modules = `${pure} ${others}`.split(/\s+/).filter(Boolean);

// The Python side of the sandbox, run once at start; its value is a function that removes the way back to JavaScript (which
// Pyodide's own frames still need) and gives the function that runs one program.
export const guest = String.raw`
def start():
    import sys, builtins, io, types, gc, json, os, asyncio, importlib, _imp, opcode, time

    pure = set('''${pure}'''.split())
    others = '''${others}'''.split()
    for name in [*pure, *others]:
        importlib.import_module(name)

    # Names through which a program may change what the next one sees.
    risky = set('''exec eval compile open globals locals vars getattr setattr delattr breakpoint input help register
        register_dialect unregister_dialect field_size_limit getcontext setcontext localcontext DefaultContext
        BasicContext ExtendedContext traps f_back f_globals f_builtins f_locals tb_frame gi_frame cr_frame ag_frame
        modules settrace setprofile escape_dct'''.split())
    safe = set('''__init__ __name__ __main__ __str__ __repr__ __eq__ __ne__ __lt__ __le__ __gt__ __ge__ __hash__ __len__
        __getitem__ __setitem__ __delitem__ __contains__ __iter__ __next__ __call__ __enter__ __exit__ __add__ __radd__
        __iadd__ __sub__ __rsub__ __mul__ __rmul__ __truediv__ __floordiv__ __mod__ __pow__ __neg__ __pos__ __abs__
        __and__ __or__ __xor__ __invert__ __int__ __float__ __index__ __bool__ __bytes__ __format__ __new__ __missing__
        __getattr__ __setattr__ __delattr__ __getattribute__ __post_init__ __slots__ __doc__ __module__ __qualname__
        __reversed__ __matmul__ __set_name__ __get__ __set__ __classcell__ __static_attributes__ __firstlineno__
        __annotate__ __annotate_func__ __conditional_annotations__ __class_getitem__ __type_params__ __file__
        __traceback__ __cause__ __context__ __notes__ __match_args__ _'''.split())
    standard = sys.stdlib_module_names
    importing = opcode.opmap['IMPORT_NAME']
    assigning = {opcode.opmap['STORE_ATTR'], opcode.opmap['DELETE_ATTR']}

    def suspect(code):
        imports = assigns = private = foreign = False
        pending = [code]
        while pending:
            code = pending.pop()
            for name in code.co_names:
                if name in risky:
                    return True
                if name[0] == '_' and name not in safe:
                    if name[:2] == '__':
                        return True
                    private = True
                if name in standard and name not in pure:
                    foreign = True
            operations = set(code.co_code[::2])
            imports = imports or importing in operations
            assigns = assigns or not assigning.isdisjoint(operations)
            for value in code.co_consts:
                kind = type(value)
                if kind is types.CodeType:
                    pending.append(value)
                elif kind is str and '__' in value and value not in safe:
                    return True
        return imports and (assigns or private or foreign)

    # Programs that need what a sandbox has not: neither running nor failing would be the truth.
    uncontained = []
    denied = {'os.system', 'os.exec', 'os.posix_spawn', 'os.spawn', 'os.fork', 'os.forkpty', 'os.kill', 'os.killpg',
        'pty.spawn', 'subprocess.Popen', 'signal.pthread_kill', '_thread.start_new_thread',
        '_thread.start_joinable_thread', 'sys.remote_exec', '_posixsubprocess.fork_exec'}
    away = {'_ctypes', 'ctypes', '_testcapi', '_testinternalcapi', '_testlimitedcapi', '_testclinic',
        '_testclinic_limited', '_xxtestfuzz', '_remote_debugging', '_posixsubprocess', 'xxsubtype', '_testbuffer',
        'multiprocessing', 'faulthandler', 'webbrowser', 'antigravity'}
    windows = {'winreg', 'winsound', 'msvcrt', 'nt', '_winapi', '_wmi', '_overlapped', 'nturl2path'}
    absent = {'js', 'pyodide', 'pyodide_js', '_pyodide', '_pyodide_core'}

    def audit(event, args):
        if event in denied or event[:7] == 'socket.' or event[:7] == 'ctypes.':
            uncontained.append(event)
            raise RuntimeError(event + ' is not possible in the sandbox')

    def exited(*args):
        uncontained.append('os._exit')
        raise SystemExit

    class Gate:
        @staticmethod
        def find_spec(name, path=None, target=None):
            root = name.partition('.')[0]
            if root in absent:
                raise ModuleNotFoundError('No module named ' + repr(name), name=name)
            if root in away:
                uncontained.append('import of ' + root)
                raise ModuleNotFoundError('No module named ' + repr(name), name=name)

    class Missing:
        '''Last: what every Python has and this one lacks is no error of the program.'''
        @staticmethod
        def find_spec(name, path=None, target=None):
            if name in standard and name not in windows:
                uncontained.append('import of ' + name)

    create_builtin = _imp.create_builtin

    def create(spec):
        if spec.name in absent or spec.name in away:
            uncontained.append('import of ' + str(spec.name))
            raise ImportError('no module ' + str(spec.name))
        return create_builtin(spec)

    def create_dynamic(*args):
        uncontained.append('import of native code')
        raise ImportError('native code cannot be loaded in the sandbox')

    class Nowhere(io.RawIOBase):
        def writable(self):
            return True

        def write(self, data):
            return len(data)

    for name in ('_exit', 'abort'):
        setattr(os, name, exited)
        setattr(sys.modules['posix'], name, exited)
    _imp.create_builtin = create
    _imp.create_dynamic = create_dynamic
    # Pyodide runs coroutines and sleeps on JavaScript's event loop; this loop needs neither that nor a socket.
    class Loop(asyncio.base_events.BaseEventLoop):
        def __init__(self):
            super().__init__()
            self._selector = self

        def select(self, timeout):
            time.sleep(3600 if timeout is None else timeout)
            return []

        def _process_events(self, events):
            pass

        def _write_to_self(self):
            pass

    time.sleep = time.sleep.__wrapped__
    asyncio.run = asyncio.runners.run
    asyncio.unix_events._UnixDefaultEventLoopPolicy._loop_factory = Loop
    asyncio.events._set_event_loop_policy(None)
    asyncio._set_running_loop(None)
    bridges = []
    finder = sys.modules['_pyodide._importhook'].jsfinder
    for name in list(sys.modules):
        root = name.partition('.')[0]
        if root in absent or root in away:
            bridges.append(sys.modules.pop(name))
    sys.meta_path[:] = [Gate] + [finder for finder in sys.meta_path
        if getattr(finder, '__module__', '').startswith('_frozen')] + [Missing]
    sys.argv[:] = ['snippet.py']
    sys.excepthook = sys.__excepthook__
    sys.addaudithook(audit)

    modules = sys.modules
    module_type, text_io, buffered, bytes_io = types.ModuleType, io.TextIOWrapper, io.BufferedWriter, io.BytesIO
    quote, unquote, length, clean = json.encoder.c_encode_basestring_ascii, json.decoder.scanstring, len, dict(vars(builtins))
    namespace, name_of = vars(builtins), type.__dict__['__name__'].__get__
    # Sizes are 32 bits wide here and 64 elsewhere.
    narrow = {"cannot fit 'int' into an index-sized integer", 'Python int too large to convert to C ssize_t',
        'Python int too large to convert to C long'}
    getlimit, limit = sys.getrecursionlimit, sys.getrecursionlimit()
    compile_, exec_, type_, str_, int_, isinstance_ = compile, exec, type, str, int, isinstance
    base, syntax, system, joined = BaseException, SyntaxError, OSError, ''.join
    # Emscripten numbers errors in its own way; messages give the numbers of Linux.
    numbers = {44: 2, 2: 13, 20: 17, 54: 20, 31: 21, 8: 9, 28: 22, 55: 39, 63: 1, 64: 32, 51: 28, 69: 30, 32: 40, 75: 18}

    def describe(error, at_compile):
        label = name_of(type_(error))
        line = None
        if at_compile:
            line = error.lineno if isinstance_(error, syntax) else None
        else:
            trace = error.__traceback__
            while trace is not None:
                if trace.tb_frame.f_code.co_filename == '<snippet>':
                    line = trace.tb_lineno
                trace = trace.tb_next
        try:
            message = error.msg if isinstance_(error, syntax) and type_(error.msg) is str_ else str_(error)
        except base:
            message = None
        if message is not None:
            message = joined([message])[:2000]
            if isinstance_(error, system) and message[:7] == '[Errno ':
                number, _, rest = message[7:].partition(']')
                if number.isdecimal() and int_(number) in numbers:
                    message = '[Errno ' + str_(numbers[int_(number)]) + ']' + rest
        return label, message, line if type_(line) is int_ else None

    def run(source):
        source = unquote(source, 1)[0]
        if source[:1] == '\ufeff':
            source = source[1:]
        main = module_type('__main__')
        scope = main.__dict__
        scope['__builtins__'] = builtins
        scope['__file__'] = '/home/user/snippet.py'
        modules['__main__'] = main
        sys.stdin = text_io(bytes_io())
        sys.stdout = text_io(buffered(Nowhere()), 'utf-8', 'strict')
        sys.stderr = text_io(buffered(Nowhere()), 'utf-8', 'backslashreplace')
        dirty = at_compile = True
        label, message, line = 'no error', None, None
        try:
            code = compile_(source, '<snippet>', 'exec', 0, True, 0)
            at_compile = False
            dirty = suspect(code)
            exec_(code, scope)
        except base as error:
            label, message, line = describe(error, at_compile)
            error = None
        if at_compile:
            dirty = False
        scope.clear()
        if not dirty:
            dirty = namespace != clean or length(modules) != count or getlimit() != limit
        if label == 'OverflowError' and message in narrow:
            uncontained.append('an integer between 32 and 64 bits')
        elif label == 'OSError' and message == '[Errno 138] emscripten does not support processes.':
            uncontained.append('subprocess')
        if uncontained:
            label, message, line, dirty = 'not contained', 'The program used ' + uncontained[0] + '.', None, True
            if uncontained[0] == 'os._exit':
                label, message = 'exited', 'The program ended the Python interpreter.'
            uncontained.clear()
        return joined(['{"label":', quote(label), ',"message":', 'null' if message is None else quote(message),
            ',"line":', 'null' if line is None else str_(line), ',"dirty":', 'true' if dirty else 'false', '}'])

    def seal():
        ours = sys.modules['__main__'].__dict__
        ours.clear()
        ours.update(__builtins__=builtins, __name__='sandbox')  # warnings look there
        finder.jsproxies.clear()
        for thing in gc.get_objects():
            if type(thing) is dict and thing.get('__name__') == '_pyodide_core':
                thing.clear()  # the import system's own copy of the module
            elif type(thing).__name__ == 'JsLoader':
                vars(thing).clear()
        for module in bridges:
            if type(module) is types.ModuleType:
                vars(module).clear()
        bridges.clear()
        modules['__main__'] = module_type('__main__')
        gc.collect()
        gc.freeze()
        return run

    count = length(modules)
    return seal
start()
`;
