/** Modules that programs often need: they are imported once, before the snapshot is made. */
export const modules = `
  math cmath re json string datetime collections itertools functools operator copy heapq bisect statistics
  decimal fractions dataclasses typing enum csv io textwrap time numbers types abc contextlib struct array
  base64 hashlib unicodedata difflib pprint __future__ timeit zlib binascii html reprlib
  collections.abc random os pathlib sys logging calendar inspect tempfile shutil glob traceback warnings
  argparse secrets pickle threading subprocess queue weakref urllib.parse configparser locale platform zoneinfo
  ast keyword tokenize graphlib colorsys unittest uuid errno asyncio dis opcode linecache sysconfig select selectors socket
  mmap fcntl signal zoneinfo._common pathlib._os importlib.machinery annotationlib doctest
`
  .split(/\s+/)
  .filter(Boolean);
