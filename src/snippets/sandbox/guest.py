# The Python side of the sandbox, run once at each start: what this Python needs to answer as an ordinary one does, and
# the few objects that the driver needs of it. No program ever runs on top of a function from here but a notebook's cell.
def start():
    import ast, asyncio, builtins, dis, errno, functools, gc, hashlib, importlib, importlib.machinery, json, os, pathlib._os, platform
    import selectors, socket, subprocess, sys, sysconfig, time, types, weakref, zoneinfo, zoneinfo._common

    program = '/home/user/snippet.py'
    note = sys.audit  # the audit hook (audit.mjs) takes it from here: a note lies in JavaScript

    # Modules that every Python has and this one lacks: neither running nor failing would be the truth. What is absent
    # everywhere but here (Pyodide's own) is not found, as elsewhere.
    standard = sys.stdlib_module_names
    windows = {'winreg', 'winsound', 'msvcrt', 'nt', '_winapi', '_wmi', '_overlapped', 'nturl2path', '_scproxy'}
    absent = {'js', 'pyodide', 'pyodide_js', '_pyodide', '_pyodide_core'}
    unusable = {'ctypes', '_ctypes', 'multiprocessing', 'faulthandler', 'webbrowser', 'antigravity'}
    errors = {'ImportError', 'ModuleNotFoundError', 'Exception', 'BaseException'}

    def catches(code, at):
        '''Whether an ImportError raised by the instruction `at` is caught in the same code.'''
        table = dis._parse_exception_table(code)
        while True:
            handlers = [entry for entry in table if entry.start <= at < entry.end]
            if not handlers:
                return False
            at = handlers[-1].target
            names = []
            for step in dis.get_instructions(code):
                if step.offset < at or step.opname in ('PUSH_EXC_INFO', 'CACHE', 'NOP'):
                    continue
                if step.opname == 'POP_TOP' and not names:
                    return True
                if step.opname in ('LOAD_NAME', 'LOAD_GLOBAL'):
                    names.append(step.argval)
                elif step.opname == 'CHECK_EXC_MATCH':
                    if errors.intersection(names):
                        return True
                    names = []
                elif step.opname in ('RERAISE', 'WITH_EXCEPT_START'):
                    break

    def optional():
        '''Whether the library itself handles that the module it now imports is missing.'''
        frame = sys._getframe(2)
        while frame is not None and frame.f_code.co_filename != program:
            if not frame.f_code.co_filename.startswith('<frozen importlib') and catches(frame.f_code, frame.f_lasti):
                return True
            frame = frame.f_back
        return False

    class Missing:
        '''Last of all finders.'''
        @staticmethod
        def find_spec(name, path=None, target=None):
            if (name in standard or name in unusable) and name not in windows and not optional():
                note('sandbox.lacks', 'the module ' + name)

    class Unusable:
        '''First of all finders: modules whose Python part is there.'''
        @staticmethod
        def find_spec(name, path=None, target=None):
            if name in unusable:
                if not optional():
                    note('sandbox.lacks', 'the module ' + name)
            if name in unusable or name.partition('.')[0] in absent:
                raise ModuleNotFoundError('No module named ' + repr(name), name=name)

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

    bridges = [sys.modules.pop(name) for name in list(sys.modules) if name.partition('.')[0] in absent | unusable]
    bridges.append(sys.modules.pop('_pyodide._importhook', None))
    sys.meta_path[:] = [Unusable] + [finder for finder in sys.meta_path
        if getattr(finder, '__module__', '').startswith('_frozen')] + [Missing]
    sys.path[:] = ['/home/user', *dict.fromkeys(path for path in sys.path if path)]
    sys.path_importer_cache.clear()
    sys.argv[:] = ['snippet.py']
    sys.executable = '/usr/bin/python3'
    sys.orig_argv[:] = ['python3', 'snippet.py']
    os.environ.clear()
    os.environ.update(HOME='/home/user', USER='user', LOGNAME='user', PATH='/usr/local/bin:/usr/bin:/bin', SHELL='/bin/bash',
        LANG='en_US.UTF-8', PWD='/home/user', TERM='xterm-256color')
    sys.stdout.reconfigure(line_buffering=False)
    sys.excepthook = sys.__excepthook__
    builtins.__dict__.pop('_', None)

    def linux(text):
        '''What this Python lacks of Linux's, and other numbers of errors. Gives this one's numbers, as JSON.'''
        table = json.loads(text)
        ours = {name: number for name, number in vars(errno).items() if name in table['errors']}
        names = {number: name for name, number in ours.items()}
        theirs = {name: number for name, (number, text) in table['errors'].items()}
        for module in list(sys.modules.values()):
            for name, value in list(getattr(module, '__dict__', {}).items()):
                if name in ours and value is ours[name] and module is not errno:
                    setattr(module, name, theirs[name])
        vars(errno).update(theirs)
        errno.errorcode.clear()
        for name, number in theirs.items():
            errno.errorcode.setdefault(number, name)
        socket._blocking_errnos = {theirs['EAGAIN'], theirs['EWOULDBLOCK']}

        def lacking(what):
            def function(*args, **kwargs):
                note('sandbox.lacks', what)
                raise NotImplementedError(what)
            function.__name__ = function.__qualname__ = what.rpartition('.')[2]
            function.__module__ = what.partition('.')[0]
            return function

        for module, found in table['lacking'].items():
            public = 'os' if module == 'posix' else module
            module = importlib.import_module(module)
            for name, value in found.items():
                if value == '()':
                    value = lacking(public + '.' + name)
                elif value == 'class':
                    value = type(name, (), {'__new__': lacking(public + '.' + name), '__module__': public})
                setattr(module, name, value)
                if public == 'os':
                    setattr(os, name, value)
        def tzset():
            if 'TZ' in os.environ:
                note('sandbox.lacks', 'time.tzset')

        time.tzset = tzset
        os.geteuid = os.getuid
        os.getegid = os.getgid
        os.getgroups = lambda: [os.getgid()]
        for name in ('ripemd160', 'sm3', 'md5-sha1', 'sha512_224', 'sha512_256'):
            hashlib.__dict__['__builtin_constructor_cache'][name] = lacking('hashlib.' + name)
            hashlib.algorithms_available.add(name)
        subprocess._can_fork_exec = True  # and so an audit event, which says what is lacking
        sysconfig.get_config_vars()
        platform._syscmd_file = lambda target, default='': 'ELF 64-bit LSB executable, x86-64'
        platform._Processor.get = lambda: 'x86_64'
        def load_tzdata(key):
            raise zoneinfo._common.ZoneInfoNotFoundError(f'No time zone found with key {key}')

        zoneinfo._common.load_tzdata = load_tzdata  # Pyodide's advises to load a package
        zoneinfo.reset_tzpath(['/usr/share/zoneinfo'])
        sys.platform = 'linux'
        sys.maxsize = 2 ** 63 - 1
        sys.hash_info = type(sys.hash_info)((64, 2 ** 61 - 1, 314159, 0, 1000003, 'siphash13', 64, 128, 0))
        return json.dumps(ours)

    def seal():
        '''Removes what leads to the bridge: a second wall behind the one around WebAssembly.'''
        ours = sys.modules['__main__'].__dict__
        ours.clear()
        ours.update(__builtins__=builtins, __name__='sandbox')  # warnings look there
        for thing in gc.get_objects():
            if type(thing) is dict and thing.get('__name__') == '_pyodide_core':
                thing.clear()  # the import system's own copy of the module
            elif type(thing).__name__ in ('JsFinder', 'JsLoader'):
                vars(thing).clear()
        for module in bridges:
            if type(module) is types.ModuleType:
                vars(module).clear()
        bridges.clear()
        for stream in (sys.stdout, sys.stderr):
            stream.flush()
        sys.modules['__main__'] = types.ModuleType('__main__')
        gc.collect()
        gc.freeze()

    loader = importlib.machinery.SourceFileLoader('__main__', program)
    scope = dict(__name__='__main__', __doc__=None, __package__=None, __loader__=loader, __spec__=None,
        __builtins__=builtins, __file__=program, __cached__=None)
    # One each of what has its address for a hash, or in its text.
    iterator = (each for each in ())
    addressed = (object(), start, start.__call__, [].append, loader.get_filename, iterator, types.CellType(),
        ''.__len__, weakref.ref(start))

    # A notebook's cell is run inside of an event loop. What it can reach beneath it is no more than below any coroutine.
    compile_cell = functools.partial(compile, flags=ast.PyCF_ALLOW_TOP_LEVEL_AWAIT, dont_inherit=True)

    def run_cell(code, scope, run=asyncio.runners.run, eval=eval):
        async def cell():
            awaited = eval(code, scope)
            if awaited is not None:
                await awaited
        run(cell())

    cell_scope = {name: value for name, value in scope.items() if name not in ('__file__', '__cached__')}
    return seal, linux, dict(builtins=builtins, compileCell=compile_cell, runCell=run_cell, cellScope=cell_scope, scope=scope,
        modules=sys.modules, stdout=sys.stdout, stderr=sys.stderr,
        emptyMain=types.ModuleType('__main__'), namespace=vars(builtins), objects=gc.get_objects, freeze=gc.freeze,
        addressed=addressed, id=id, hash=hash, getsizeof=sys.getsizeof, strerror=os.strerror, getuid=os.getuid, getgid=os.getgid)
start()
