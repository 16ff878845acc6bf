# The Python side of the sandbox, run once at each start: what this Python needs to answer as an ordinary one does, and
# the few objects that the driver needs of it. No program ever runs on top of a function from here.
def start():
    import asyncio, builtins, dis, errno, gc, importlib, importlib.machinery, io, os, sys, time, types

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
                note('sandbox.lacks', 'import of ' + name)

    class Unusable:
        '''First of all finders: modules whose Python part is there.'''
        @staticmethod
        def find_spec(name, path=None, target=None):
            if name in unusable:
                if not optional():
                    note('sandbox.lacks', 'import of ' + name)
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
    sys.excepthook = sys.__excepthook__
    builtins.__dict__.pop('_', None)

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
    return seal, dict(builtins=builtins, scope=scope, modules=sys.modules, stdout=sys.stdout, stderr=sys.stderr,
        emptyMain=types.ModuleType('__main__'), namespace=vars(builtins), objects=gc.get_objects, freeze=gc.freeze)
start()
