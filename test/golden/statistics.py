"""What scipy and statsmodels say of rates, pairs, several tests and pass@k: test/fixtures/golden/statistics.json.

    python3.11 -m venv /tmp/golden && /tmp/golden/bin/pip install scipy==1.17.1 statsmodels==0.15.0
    /tmp/golden/bin/python test/golden/statistics.py
"""

import sys

# This file is named as a module of the library, which scipy needs.
sys.path = [entry for entry in sys.path if not entry.rstrip("/").endswith("test/golden")]

import json
import pathlib
from math import comb

import numpy
from scipy.stats import binom
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.proportion import proportion_confint

RATES = [(0, 7), (7, 7), (1, 12), (156, 539), (342, 457), (2500, 5000), (3, 100000)]
PAIRS = [(0, 0), (1, 0), (5, 5), (12, 3), (40, 61), (300, 210), (2400, 2599)]
TESTS = [[0.01, 0.04, 0.03, 0.005], [0.5], [0.2, 0.2, 0.9], [1e-9, 0.02, 0.02, 0.021, 0.8, 0.04]]
PASSES = [(100, 0, 1), (100, 3, 1), (100, 3, 10), (200, 17, 100), (20, 19, 2), (5, 5, 5)]
# Rows of programs: [program, value]; some programs have several rows.
ROWS = [[f"p{i // 3}", int((i * 7919) % 11 < 4)] for i in range(90)] + [["q", 1], ["r", 0], ["r", 0]]


def mid_p(lost, gained):
    count, fewer = lost + gained, min(lost, gained)
    return float(min(1, 2 * binom.cdf(fewer, count, 0.5) - binom.pmf(fewer, count, 0.5)))


def bootstrap(rows, draws=200_000):
    """numpy's own draws, so many that the interval's ends are known to about 0.001."""
    names = sorted({name for name, _ in rows})
    sums = numpy.array([sum(value for name, value in rows if name == one) for one in names], float)
    counts = numpy.array([sum(1 for name, _ in rows if name == one) for one in names], float)
    picks = numpy.random.default_rng(0).integers(0, len(names), (draws, len(names)))
    means = sums[picks].sum(1) / counts[picks].sum(1)
    return [float(sums.sum() / counts.sum()), *map(float, numpy.quantile(means, [0.025, 0.975]))]


out = {
    "wilson": [[hits, n, hits / n, *map(float, proportion_confint(hits, n, method="wilson"))] for hits, n in RATES],
    "mcNemar": [[b, c, float(mcnemar([[0, b], [c, 0]], exact=True).pvalue) if b + c else 1, mid_p(b, c)] for b, c in PAIRS],
    "holm": [[ps, list(map(float, multipletests(ps, method="holm")[1]))] for ps in TESTS],
    "passAt": [[n, c, k, 1 - comb(n - c, k) / comb(n, k)] for n, c, k in PASSES],
    "bootstrap": {"rows": ROWS, "interval": bootstrap(ROWS)},
}
path = pathlib.Path(__file__).parent.parent / "fixtures/golden/statistics.json"
path.write_text(json.dumps(out, indent=1) + "\n")
