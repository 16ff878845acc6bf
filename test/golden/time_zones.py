"""Packs the time zones of PyPI's tzdata into src/snippets/sandbox/zoneinfo.br, which the sandbox's Python reads.

    pip install tzdata brotli && python test/golden/time_zones.py

The file is compressed JSON: {"version", "zones": {content in base 64: names joined by spaces}}.
"""
import base64
import json
import pathlib

import brotli
import tzdata

root = pathlib.Path(tzdata.__file__).parent
names = (root / 'zones').read_text().split()
zones = {}
for name in names:
    content = base64.b64encode((root / 'zoneinfo' / name).read_bytes()).decode()
    zones.setdefault(content, []).append(name)
document = {'version': tzdata.IANA_VERSION, 'zones': {content: ' '.join(found) for content, found in zones.items()}}
target = pathlib.Path(__file__).parents[2] / 'src/snippets/sandbox/zoneinfo.br'
target.write_bytes(brotli.compress(json.dumps(document).encode(), quality=11, lgwin=24))
print(document['version'], len(names), 'zones', len(zones), 'contents', target.stat().st_size, 'bytes')
