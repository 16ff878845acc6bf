"""Writes what the original `tokenizers` library makes of hard texts: ids, and ranges in UTF-16 offsets.

    python test/golden/token_ranges.py test/fixtures/golden/token-ranges.json

The file holds the tokenizers and the texts; `tokens` is written anew. Made with tokenizers 0.23.3.
"""

import json
import sys
from pathlib import Path

from tokenizers import Tokenizer

path = Path(sys.argv[1])
cases = json.loads(path.read_text())
for case in cases:
    tokenizer = Tokenizer.from_str(json.dumps(case["tokenizer"]))
    for row in case["rows"]:
        utf16 = [0]
        for character in row["text"]:
            utf16.append(utf16[-1] + (2 if ord(character) > 0xFFFF else 1))
        encoding = tokenizer.encode(row["text"])
        row["tokens"] = [[i, utf16[start], utf16[end]] for i, (start, end) in zip(encoding.ids, encoding.offsets)]
path.write_text("[\n" + ",\n".join(json.dumps(case, separators=(",", ":")) for case in cases) + "\n]\n")
