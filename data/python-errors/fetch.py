"""Fetches the packages of sources.json with pip, each checked against its hash.

    python3 data/python-errors/fetch.py FOLDER            what is missing in FOLDER
    python3 data/python-errors/fetch.py FOLDER --pin      writes sources.json anew from the archives in FOLDER
    … --list data/types/python-sources.json               the same for another list; what it says of a package's use stays

Source distributions need pip to ask their build systems for their names: install setuptools, hatchling, flit-core, poetry-core and
pdm-backend beside it. Nothing of a package is installed. --pin keeps packages whose metadata name a permissive licence.
"""
import email
import hashlib
import json
import pathlib
import re
import subprocess
import sys
import tarfile
import tempfile
import zipfile

HERE = pathlib.Path(__file__).parent
LIST = HERE / 'sources.json'
CLASSIFIERS = {
    'MIT License': 'MIT', 'MIT No Attribution License (MIT-0)': 'MIT-0', 'BSD License': 'BSD-3-Clause', 'Apache Software License': 'Apache-2.0',
    'Python Software Foundation License': 'PSF-2.0', 'ISC License (ISCL)': 'ISC', 'The Unlicense (Unlicense)': 'Unlicense',
    'CC0 1.0 Universal (CC0 1.0) Public Domain Dedication': 'CC0-1.0', 'Zope Public License': 'ZPL-2.1',
}
NAMES = [
    (r'apache.*2|apache', 'Apache-2.0'), (r'bsd-2|2-clause|simplified bsd', 'BSD-2-Clause'), (r'bsd', 'BSD-3-Clause'), (r'\bmit\b|expat', 'MIT'),
    (r'\bisc\b', 'ISC'), (r'psf|python software', 'PSF-2.0'), (r'unlicense', 'Unlicense'), (r'zpl|zope', 'ZPL-2.1'),
]
FORBIDDEN = re.compile(r'gpl|mozilla|mpl|general public|eupl|cecill|proprietary|commercial', re.I)


def digest(file):
    return hashlib.sha256(file.read_bytes()).hexdigest()


def fetch(folder):
    folder.mkdir(parents=True, exist_ok=True)
    missing = []
    for package in json.loads(LIST.read_text())['packages']:
        file = folder / package['file']
        if file.exists() and digest(file) == package['sha256']:
            continue
        kind = '--no-binary' if file.name.endswith('.tar.gz') else '--only-binary'
        with tempfile.NamedTemporaryFile('w', suffix='.txt') as requirements:
            requirements.write(f"{package['name']}=={package['version']} --hash=sha256:{package['sha256']}\n")
            requirements.flush()
            command = [sys.executable, '-m', 'pip', 'download', '-q', '--no-deps', '--no-build-isolation', '--require-hashes',
                       kind, ':all:', '-d', str(folder), '-r', requirements.name]
            if kind == '--only-binary':
                command += ['--python-version', '3.11']
            if subprocess.run(command).returncode:
                missing.append(package['name'])
    if missing:
        sys.exit(f"Not fetched: {', '.join(missing)}. Run the command again; what is there is kept.")


def metadata(file):
    if file.name.endswith('.whl'):
        with zipfile.ZipFile(file) as archive:
            name = next(n for n in archive.namelist() if n.endswith('.dist-info/METADATA'))
            return email.message_from_string(archive.read(name).decode('utf8', 'replace'))
    with tarfile.open(file) as archive:
        member = next(m for m in archive if m.name.count('/') == 1 and m.name.endswith('/PKG-INFO'))
        return email.message_from_string(archive.extractfile(member).read().decode('utf8', 'replace'))


def licence(data):
    """SPDX expression, or None where the metadata name no permissive licence."""
    expression = data.get('License-Expression')
    if expression:
        return None if FORBIDDEN.search(expression) else expression
    said = [c.split('::')[-1].strip() for c in data.get_all('Classifier', []) if c.startswith('License ::')]
    said = [name for name in said if name != 'OSI Approved']
    known = [CLASSIFIERS[name] for name in said if name in CLASSIFIERS]
    if said and len(known) == len(said):
        return ' OR '.join(sorted(set(known)))
    text = (data.get('License') or '')[:200]
    if said or FORBIDDEN.search(text):
        return None
    return next((spdx for pattern, spdx in NAMES if re.search(pattern, text, re.I)), None)


def pin(folder):
    before = json.loads(LIST.read_text()) if LIST.exists() else {}
    uses = {package['name']: package['use'] for package in before.get('packages', [])}
    plain = lambda name: re.sub(r'[-_.]+', '-', name).lower()
    held_out = {plain(name) for name in json.loads((HERE / 'held-out.json').read_text())['packages']}
    packages, refused = [], []
    for file in sorted(folder.iterdir(), key=lambda f: f.name.lower()):
        if not file.name.endswith(('.tar.gz', '.whl')):
            continue
        data = metadata(file)
        name, spdx = plain(data['Name']), licence(data)
        if name in held_out or spdx is None:
            refused.append(f"{name} ({data.get('License-Expression') or (data.get('License') or '')[:30]})")
            continue
        # A tenth of the packages, told by their names, is only measured.
        measured = int(hashlib.sha256(name.encode()).hexdigest()[:4], 16) % 10 == 0
        packages.append({'name': name, 'version': data['Version'], 'file': file.name, 'sha256': digest(file), 'licence': spdx,
                         'use': uses.get(name, 'validation' if measured else 'training')})
    about = before.get('about', 'Packages that training programs are taken from: fetched with fetch.py, never committed.')
    lines = ',\n'.join('  ' + json.dumps(package) for package in packages)
    test = f' "test": {json.dumps(before["test"])},\n' if 'test' in before else ''
    LIST.write_text(f'{{\n "about": {json.dumps(about)},\n{test} "packages": [\n{lines}\n ]\n}}\n')
    print(f"{len(packages)} packages; left out: {', '.join(refused) or 'none'}")


if __name__ == '__main__':
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    if '--list' in sys.argv:
        LIST = pathlib.Path(sys.argv[sys.argv.index('--list') + 1])
    (pin if '--pin' in sys.argv else fetch)(pathlib.Path(sys.argv[1]))
