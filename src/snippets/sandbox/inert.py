# Which programs provably leave nothing behind, so that the next one can run without the interpreter being put back to
# where it was. Everything is put back after any program that is not on this list, however harmless it may be.
#
# Without an import a program reaches built-in objects only, and of those nothing can be changed, as long as it takes
# no way to the objects behind them: these ways have names. With imports, only functions and classes may be used that
# keep no state, and the dictionaries of what it imported are compared afterwards. In both cases the driver also looks
# for objects that outlive the program, text on standard error, files, and memory that had to grow.
def tools():
    import importlib, opcode, sys, types

    # Names that lead to what lasts: code from text, attributes by text, namespaces, frames, registries, site's objects.
    forbidden = set('''exec eval compile open globals locals vars getattr setattr delattr breakpoint input help exit quit
        copyright credits license register strptime attrgetter methodcaller f_back f_globals f_builtins f_locals f_trace
        f_code tb_frame gi_frame gi_code cr_frame cr_code ag_frame ag_code gi_yieldfrom cr_await ag_await cr_origin'''.split())
    # Dunders that a program may name. (A module's or class's dictionary, its subclasses, code and globals are not here.)
    dunders = set('''__init__ __name__ __main__ __str__ __repr__ __eq__ __ne__ __lt__ __le__ __gt__ __ge__ __hash__ __len__
        __getitem__ __setitem__ __delitem__ __contains__ __iter__ __next__ __call__ __enter__ __exit__ __add__ __radd__
        __iadd__ __sub__ __rsub__ __isub__ __mul__ __rmul__ __imul__ __truediv__ __rtruediv__ __floordiv__ __mod__ __pow__
        __divmod__ __neg__ __pos__ __abs__ __and__ __or__ __xor__ __invert__ __lshift__ __rshift__ __int__ __float__
        __complex__ __round__ __index__ __bool__ __bytes__ __format__ __new__ __missing__ __getattr__ __setattr__
        __delattr__ __getattribute__ __post_init__ __slots__ __doc__ __module__ __qualname__ __reversed__ __matmul__
        __classdictcell__ __classdict__ __set_name__ __get__ __set__ __delete__ __classcell__ __static_attributes__ __firstlineno__ __annotate__
        __annotate_func__ __conditional_annotations__ __class_getitem__ __type_params__ __file__ __traceback__ __cause__
        __context__ __suppress_context__ __notes__ __match_args__ __class__ __mro__ __del__ __init_subclass__ __aenter__
        __aexit__ __aiter__ __anext__ __await__ __copy__ __deepcopy__ __length_hint__ __instancecheck__ __debug__'''.split())
    unsafe_with_imports = {'__setattr__', '__delattr__', '__init_subclass__'}
    kinds = {'type', '__class__', '__mro__', 'mro'}
    everything = None
    usable = dict(
        math=everything, cmath=everything, itertools=everything, bisect=everything, heapq=everything, operator=everything,
        time='time sleep perf_counter monotonic time_ns perf_counter_ns monotonic_ns process_time',
        json='dumps loads JSONDecodeError',
        collections='namedtuple defaultdict Counter OrderedDict deque',
        datetime='date time datetime timedelta timezone UTC MINYEAR MAXYEAR',
        functools='reduce partial lru_cache cache cached_property cmp_to_key',
        string='ascii_letters ascii_lowercase ascii_uppercase digits hexdigits octdigits punctuation whitespace printable capwords',
        copy='copy deepcopy',
        enum='Enum IntEnum Flag IntFlag StrEnum auto unique',
        dataclasses='dataclass field asdict astuple replace FrozenInstanceError',
        typing='List Dict Set Tuple Optional Union Any Callable Iterable Iterator Sequence Mapping NamedTuple',
        abc='ABC ABCMeta abstractmethod',
        fractions='Fraction',
        statistics='mean fmean median mode multimode stdev pstdev variance pvariance StatisticsError',
        contextlib='contextmanager suppress nullcontext closing',
        types='SimpleNamespace',
        sys='maxsize version version_info byteorder',
    )
    modules = sys.modules
    standard = sys.stdlib_module_names
    inside = {}  # module → the names in it that may be used, and all of its names
    watched = {}  # module → dictionaries with what was in them
    private = set()  # names in these that begin with one underscore: what they name may change
    code_type = types.CodeType

    def dictionaries(thing):
        if isinstance(thing, type):
            for kind in (*thing.__mro__, type(thing)):
                if not kind.__flags__ & 256:  # Py_TPFLAGS_IMMUTABLETYPE
                    yield vars(kind)
        elif hasattr(thing, '__dict__') and not isinstance(thing, types.ModuleType):
            yield vars(thing)  # a function, or one of typing's objects

    for name, allowed in usable.items():
        module = importlib.import_module(name)
        names = frozenset(name for name in dir(module) if name[:2] != '__')
        allowed = names if allowed is everything else frozenset(allowed.split())
        inside[name] = allowed, names
        found = {id(space): space for key in allowed & names for space in dictionaries(getattr(module, key))}
        watched[name] = [(space, dict(space)) for space in [vars(module), *found.values()]]
        private.update(key for space in found.values() for key in space if key[0] == '_' and key[:2] != '__')

    importing, importing_from = opcode.opmap['IMPORT_NAME'], opcode.opmap['IMPORT_FROM']
    intrinsic = opcode.opmap['CALL_INTRINSIC_1']
    storing = {opcode.opmap['STORE_ATTR'], opcode.opmap['DELETE_ATTR']}
    extended = opcode.EXTENDED_ARG
    module_file = 'snippet'

    def inert(code):
        '''None if the program may leave something behind; else the modules to compare afterwards.'''
        names, imported = set(), set()
        stored = stored_dunder = star = False
        pending = [code]
        while pending:
            current = pending.pop()
            own = current.co_names
            names.update(own)
            steps = current.co_code
            extra = 0
            for at in range(0, len(steps), 2):
                operation, argument = steps[at], steps[at + 1] | extra
                extra = 0
                if operation == extended:
                    extra = argument << 8
                elif operation == importing:
                    if current is not code:
                        return None  # inside a function the import system can run out of stack half way
                    imported.add(own[argument])
                elif operation == intrinsic and argument == 2:
                    star = True
                elif operation in storing:
                    stored = True
                    stored_dunder = stored_dunder or own[argument][:2] == '__'
            for value in current.co_consts:
                if type(value) is code_type:
                    pending.append(value)
        if not forbidden.isdisjoint(names):
            return None
        for name in names:
            if name[:2] == '__' and name[-2:] == '__' and name not in dunders:
                if name not in imported:
                    return None
        if not imported:
            return ()
        if stored_dunder or not unsafe_with_imports.isdisjoint(names):
            return None
        if stored and not kinds.isdisjoint(names):
            return None  # the class of what a function gave is not among those that are compared
        if not private.isdisjoint(names):
            return None
        found = []
        for name in imported:
            if name in inside:
                allowed, every = inside[name]
                if not names.isdisjoint(every - allowed) or (star and allowed is not every):
                    return None
                found.append(name)
            else:
                root = name.partition('.')[0]
                if root in standard or root in modules or root == module_file or name == '' or star:
                    return None
        return tuple(found)

    def unchanged(names):
        '''Whether what the imported modules hold is what they held at the start.'''
        for name in names:
            for space, before in watched[name]:
                if len(space) != len(before):
                    return False
                for key, value in before.items():
                    if space.get(key) is not value:
                        return False
        return True

    return inert, unchanged
tools()
