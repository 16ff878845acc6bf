# Which programs provably leave nothing behind, so that the next one can run without the interpreter being put back to
# where it was. Everything is put back after any program that is not on this list, however harmless it may be.
#
# A program without the library reaches built-in objects only, and of those nothing can be changed, as long as it takes
# no way to the objects behind them: these ways have names. The library is full of objects that can be changed (classes,
# functions, properties, caches, code made from text), so only what is C code without state may be imported.
# The driver also looks for objects that outlive the program, text on standard error, files, and memory that had to grow.
def tools():
    import importlib, opcode, sys, types

    # Names that lead to what lasts: code from text, attributes by text, namespaces, frames, site's objects, and the one
    # built-in class that can be changed.
    forbidden = set('''exec eval compile open globals locals vars getattr setattr delattr breakpoint input help exit quit
        copyright credits license f_back f_globals f_builtins f_locals f_trace f_code tb_frame gi_frame gi_code cr_frame
        cr_code ag_frame ag_code gi_yieldfrom cr_await ag_await cr_origin ExceptionGroup BaseExceptionGroup'''.split())
    # Dunders that a program may name. (A module's or class's dictionary, its subclasses, code and globals, and attributes
    # by text are not here.)
    dunders = set('''__init__ __name__ __main__ __str__ __repr__ __eq__ __ne__ __lt__ __le__ __gt__ __ge__
        __hash__ __len__ __getitem__ __setitem__ __delitem__ __contains__ __iter__ __next__ __call__ __enter__
        __exit__ __add__ __radd__ __iadd__ __sub__ __rsub__ __isub__ __mul__ __rmul__ __imul__ __truediv__
        __rtruediv__ __floordiv__ __mod__ __pow__ __divmod__ __neg__ __pos__ __abs__ __and__ __or__ __xor__ __invert__
        __lshift__ __rshift__ __int__ __float__ __complex__ __round__ __index__ __bool__ __bytes__ __format__ __new__
        __missing__ __getattr__ __setattr__ __delattr__ __post_init__ __slots__ __doc__ __module__ __qualname__
        __reversed__ __matmul__ __classdictcell__ __classdict__ __set_name__ __get__ __set__ __delete__ __classcell__
        __static_attributes__ __firstlineno__ __annotate__ __annotate_func__ __conditional_annotations__
        __class_getitem__ __type_params__ __file__ __traceback__ __cause__ __context__ __suppress_context__ __notes__
        __class__ __mro__ __del__ __init_subclass__ __aenter__ __aexit__ __aiter__ __anext__ __await__ __copy__
        __deepcopy__ __length_hint__ __instancecheck__ __debug__'''.split())
    stateless = {name: dict(vars(importlib.import_module(name))) for name in ('math', 'cmath', 'itertools')}
    modules = sys.modules
    standard = sys.stdlib_module_names
    number = opcode.opmap
    importing, extended = number['IMPORT_NAME'], opcode.EXTENDED_ARG
    class_pattern, group_clause = number['MATCH_CLASS'], number['CHECK_EG_MATCH']
    intrinsic, star, first_of_types, last_of_types = number['CALL_INTRINSIC_1'], 2, 7, 11
    code_type = types.CodeType
    module_file = 'snippet'

    def inert(code):
        '''None if the program may leave something behind; else the modules to compare afterwards.'''
        names, imported = set(), set()
        stars = False
        pending = [code]
        while pending:
            current = pending.pop()
            own = current.co_names
            names.update(own)
            steps = current.co_code
            patterns = False
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
                elif operation == intrinsic:
                    if first_of_types <= argument <= last_of_types:
                        return None  # type parameters: they come from typing
                    stars = stars or argument == star
                elif operation == class_pattern:
                    if argument:
                        return None  # __match_args__ are attributes by text
                    patterns = True
                elif operation == group_clause:
                    return None
            for value in current.co_consts:
                if type(value) is code_type:
                    pending.append(value)
                elif patterns and type(value) is tuple:
                    names.update(value)  # the attributes that class patterns read
        if not forbidden.isdisjoint(names):
            return None
        for name in names:
            if type(name) is str and name[:2] == '__' and name[-2:] == '__' and name not in dunders:
                return None
        found = []
        for name in imported:
            if name in stateless:
                found.append(name)
                continue
            root = name.partition('.')[0]
            if root in standard or root in modules or root == module_file or name == '' or stars:
                return None
        return tuple(found)

    def unchanged(names):
        '''Whether the imported modules hold what they held at the start.'''
        for name in names:
            before, now = stateless[name], vars(modules[name])
            if len(now) != len(before):
                return False
            for key, value in before.items():
                if now.get(key) is not value:
                    return False
        return True

    return inert, unchanged
tools()
