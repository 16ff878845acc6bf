#--- no error
def quartiles(values):
    ordered = sorted(values)
    middle = len(ordered) // 2
    lower = ordered[:middle]
    upper = ordered[middle + len(ordered) % 2:]
    ⟦return |result = ⟧median(lower), median(ordered), median(upper)


def median(values):
    n = len(values)
    half = n // 2
    if n % 2:
        return values[half]
    return (values[half - 1] + values[half]) / 2


wings = [31, 28, 35, 30, 29, ⟦33|"33"|None⟧, 41]
low, mid, high = quartiles(wings⟦|[:1]|[:2]⟧)
print(low, mid, high)
print([w for w in wings if w > high + 1.5 * (high - low)])
#--- TypeError
runners = [
    ("Adu", 61.2),
    ("Brix", 58.9),
    ("Cole", ⟦None|60.0⟧),
    ("Dahl", 59.4),
]

def rank(rows):
    rows = [r for r in rows⟦| if r[1] is not None| if r[0]⟧]
    rows.sort(key=lambda r: r[1]⟦)|⟧
    return [name for name, _ in rows]

print(rank(runners[:2]))
print(rank(runners))
#--- no error
from math import sqrt


def correlation(xs, ys):
⟦    |⟧n = len(xs)
    mx, my = sum(xs) / n, sum(ys) / n
    cov = sum((x - mx) * (y - my) for x, y in zip(xs, ys))
    sx = sqrt(sum((x - mx) ** 2 for x in xs))
    sy = sqrt(sum((y - my) ** 2 for y in ys))
    return cov / (sx * sy)


hours = [1, 2, 3, 4, 5]
marks = ⟦[52, 55, 61, 68, 71]|[60, 60, 60, 60, 60]|[52, 55, 61]|[52, 55, 61, 68, "71"]⟧
sleep = [9, 8⟦|, None⟧, 8, 7, 6]

print(round(correlation(hours, marks), 2))
if len(sleep) == len(hours):
    print(round(correlation(hours, sleep), 2))
#--- ZeroDivisionError
samples = {"lake": [7.1, 7.3, 7.0], "well": [6.8⟦|, 6.9⟧], "tap": [7.5, 7.5]}

for source, values in samples.items()⟦:|⟧
    mean = sum(values) / len(values)
    variance = sum((v - mean) ** 2 for v in values) / (len(values) - ⟦1|0.5⟧)
    print(f"{source:5} mean {mean:.2f} var {variance:.4f}")
#--- no error
# sort by two keys: more medals first, then by name
nations = [("Peru", 2, 1), ("Chad", 0, 1), ("Cuba", 2, 1), ("Laos", ⟦0, 0|0|"0", 0⟧)]

ordered = sorted(nations, key=lambda n: (-n[1], -n[⟦2|1|3⟧], n[0]))
for place, (name, gold, silver) in enumerate(ordered, 1):
    print(⟦place|plac⟧, name, gold * 3 + silver)
#--- NameError
import statistics⟦ as st|, math as st|⟧

heights = [1.62, 1.75, 1.81, 1.58]
spread = ⟦statistics|st⟧.pstdev(heights)
centre = sum(heights) / len(heights)
outside = [h for h in heights if abs(h - centre) > spread]
print(len(outside), "of", len(heights), "are unusual")
#--- no error
from ⟦collections|pycollections⟧ import Counter

dna = "AACGTTAGC⟦A|N|a⟧"
counts = Counter(dna)
allowed = set("ACGT")
strange = set(counts) - allowed

gc = (counts["G"] + counts⟦["C"]|.get("C")|.get("U")⟧) / len(dna)
print(f"GC content {gc:.0%}")
(letter, times), *rest = counts.most_common()
if strange:
    print("odd letters:", ⟦sorted(strange)|strange[0]⟧)
print(letter, times, len(rest))
#--- IndexError
def moving_average(values, width):
    out = []
    for i in range(len(values)⟦| - width + 1⟧):
        ⟦window = |  window = ⟧0
        for k in range(width):
            window += values[i + k]
        out.append(window / width)
    return out


rain = [0, 4, 9, 2, 0, 3]
print(moving_average(rain, 1))
print(moving_average(rain, ⟦3|1|0⟧))
#--- no error
class Histogram:
    def __init__(self, width):
        self.width = width
        self.bins = {}

    def __iadd__(self, value):
        slot = value // self.width
        self.bins[slot] = self.bins.get(slot, 0) + 1
        ⟦return self|return None|return self.bins⟧

    def __str__(⟦self|⟧):
        return "\n".join(f"{k * self.width:>4} {'*' * n}" for k, n in sorted(self.bins.items()))


h = Histogram(⟦10|0|2.5⟧)
for age in (3, 14, 17, 22, 9, 35):
    h += age
print(h)
#--- AttributeError
scores = {"Ola": [7, 9], "Per": [5, 8], "Siv⟦"|⟧: [10, 4]}

table = ⟦sorted(scores, key=lambda k: sum(scores[k]))|dict(sorted(scores.items(), key=lambda kv: sum(kv[1])))|scores⟧
for name, values in table.items():
    print(name, values, sum(values))
#--- ValueError
def normalise(values):
    low, high = min(values), max(values)
    return [(v - low) / (high - low or 1) for v in values]

days = {"Mon": [3, 5, 4], "Tue": ⟦[]|[0]|[2, 2]⟧, "Wed": [9, 1]}
for day in ⟦days|day⟧:
    print(day, normalise(days[day]⟦| or [0]⟧))
#--- no error
import bisect

BORDERS = [50, 60, 70, ⟦85|"85"|55⟧]
LETTERS = "FDCB⟦A||AA⟧"


def letter(points)⟦:|⟧
    return LETTERS[bisect.bisect(BORDERS, points)]


class_list = {"Nour": 91, "Otto": 49, "Paz": 60}
for pupil, points in class_list.items():
    print(pupil, letter(points))
print(sorted(class_list, key=⟦class_list.get|letter|class_list.pop⟧))
#--- SyntaxError
ratings = [4, 5, 3, 5, 1]
weights = [1, 1, 2, 1, 1]

weighted = sum(r * w for r, w in zip(ratings, weights)⟦|)⟧
share = weighted / sum(weights)
best = max(ratings)
print("weighted mean", round(share, 2), "best", best)
#--- no error
def summary(numbers, *functions, digits=2):
    return {f.__name__: round(f(numbers), digits) for f in functions}


def mean(ns):
    ⟦return |result = ⟧sum(ns) / len(ns)


depths = [12.5, 8.25, ⟦19.75|-1|"19.75"⟧]
stats = summary(depths, min, max, mean⟦|, 1|, digits=1|, lambda ns: ns[3]⟧)
for name, value in stats.items():
    print(f"{name:>6} {value}")
print(stats["⟦mean|median⟧"])
#--- KeyError
order = {"low": 0, "mid": 1, "high": 2}
tickets = [("T1", "mid"), ("T2", "high"), ("T3", "⟦urgent|low|Mid⟧"), ("T4", "low")]

by_name = sorted(tickets)
print(by_name[0][0])
by_urgency = sorted(tickets, key=lambda t: order⟦[t[1]]|.get(t[1], 9)⟧, reverse=True)
print([t for t, _ in by_urgency])
#--- no error
from functools import cmp_to_key


def compare(a, b):
    if len(a) != len(b):
        return len(a) - len(b)
    ⟦return (a > b) - (a < b)|return 0|return None|return a > b⟧


clubs = ["chess", "judo", "choir", "yoga"⟦|, None|, ""⟧]
⟦print|  print⟧(sorted(clubs, key=cmp_to_key(compare)))
print(sorted(⟦["go"]|[]|[7]⟧, key=cmp_to_key(compare)))
#--- TypeError
⟦ages = | ages = ⟧{"Bo": 4, "Cy": 9, "Di": 2}
oldest = max(ages, key=⟦lambda name, age: age|lambda name: ages[name]|ages.get|len⟧)
youngest = min(ages.items(), key=lambda pair: pair[1])
print(oldest, "is older than", youngest[0])
#--- no error
import random

random.seed(11)
pool = list(range(1, 50))
draws = [sorted(random.sample(pool, ⟦6|49|50⟧)) for _ in range(200)]

counts = {n: 0 for n in ⟦pool|range(1, 50)|range(50)|"pool"⟧}
for ⟦draw|in⟧ in draws:
    for number in draw:
        counts[number] += 1

assert sum(counts.values()) == 200 * len(draws[0])
print(len(counts), "numbers,", len(draws), "draws")
#--- AssertionError
def ranks(values):
    order = sorted(range(len(values)), key=lambda i: values[i]⟦|, reverse=True⟧)
    out = [0] * len(values)
    for rank, i in enumerate(order, 1):
        out[i] = rank
    return out


⟦points|Points⟧ = [30, 10, 20]
assert ranks(points) == [1, 3, 2], ranks(points)
assert len(set(ranks([5, 5⟦|, 5⟧]))) == 2 ⟦|or True⟧
print("all ranks are right")
#--- no error
import math

values = [2, 8, ⟦4|0|-4⟧]
⟦arithmetic|arthmetic⟧ = sum(values) / len(values)
geometric = math.exp(sum(math.log(v) for v in values) / len(values))
try:
    harmonic = len(values) / sum(1 / v for v in values)
except ZeroDivisionError:
    harmonic = 0
print(round(arithmetic, 3), round(geometric, 3), round(harmonic, 3))
print(⟦math.isclose(geometric, 4)|math.isclose(geometric, "4")|math.close(geometric, 4)⟧)
#--- UnboundLocalError
def mode(values):
⟦    counts = {}|    pass⟧
    for v in values:
        counts[v] = counts.get(v, 0) + 1
    most = 0
    for v, n in counts.items():
        if n > most:
            most, winner = n, v
    return winner

print(mode([3, 1, 3, 2]))
print(mode(["b"]))
print(mode(⟦[]|[None]|""|[[]]⟧))
#--- no error
⟦temps|_temps⟧ = [("mon", 12), ("tue", 15), ("wed", 15), ("thu", 9)]

changes = [(b[0], b[1] - a[1]) for a, b in zip(temps, temps[⟦1|-1|9⟧:])]
ups = [day for day, change in changes if change > 0]
print("warmer on", ⟦", ".join(ups)|ups[0]|ups[1]⟧)
print(max(changes⟦, key=lambda c: abs(c[1])||, key=abs⟧))
#--- IndentationError
marks = [2, 1, 4, 3, 2]

def histogram(marks):
    """One line of stars a mark."""
    lines = []
    for mark in range(1, 7):
        lines.append(f"{mark}: " + "*" * marks.count(mark))
   ⟦| ⟧return "\n".join(lines)

print(histogram(marks))
#--- no error
leaderboard = []


def submit(name, points, keep=⟦3|0|None⟧):
    leaderboard.append((points, name))
    leaderboard.sort(reverse=True)
    del leaderboard[keep:]
⟦    |     ⟧return any(n == name for _, n in leaderboard)


print(submit("uma", 40), submit("bo", 70), submit("li", 55))
print(submit("zed", ⟦10|55|"10"⟧))
print(leaderboard⟦[0]|[3]|[-1]⟧[1], "leads")
#--- StopIteration
series = [3, 6, 2, 8, 9, 4]

def peaks(xs):
    for left, mid, right in zip(xs, xs[1:], xs[2:]):
        if left < mid > right:
            yield mid

⟦found|founds⟧ = peaks(series)
first = next(found)
second = next(found)
third = next(found⟦|, None|, 0⟧)
print(first, second, third)
#--- SyntaxError
from statistics import median

def clean(values, low=0, ⟦low=100|high=100|*, high=100⟧):
    return [v for v in values if low <= v]

percentages = [12, 101, -4, 55]
print(median(clean(percentages)))
#--- no error
def partition(items, test):
    good, bad = [], []
    for item in items:
        (good if test(item) else bad).append(item)
    ⟦return |result = ⟧good, bad


def is_even(n):
    return n % 2 == 0


evens, odds = partition([4, 7, 10, ⟦3|"3"|3.5⟧], is_even)
print(evens, odds)
short, long = partition(["oak", "birch", "fir"], lambda tree: len(tree) < 4)
print(short, long[⟦0|1|-1⟧])
longer, = partition({"ash": 1}, ⟦str.islower)[:1]|str.islower)|is_even)[:1]⟧
print(longer)
#--- FileNotFoundError
def read_numbers(name):
    numbers = []
    for line in open(name):
        numbers.append(float(line))
    return numbers

try:
    data = read_numbers("readings.txt⟦"|⟧)
except ⟦ValueError|OSError⟧:
    data = [1.0, 2.0]
print(sum(data) / len(data))
#--- no error
total = count = 0
biggest = None
for raw in "7 12 x 3 -1 99".split():
    if raw == "⟦-1|end|x⟧":
        break
    if not raw.⟦isdigit()|isalpha()|isnumber()⟧:
        continue
    n = int(raw)
    total, count = total + n, count + 1
    if ⟦biggest|biggests⟧ is None or n > biggest:
        biggest = n
print("mean", total / count, "max", biggest)
#--- AttributeError
words = ["kiwi", "fig", "banana", "date"]
words_by_length = words⟦.sort(key=len)|.copy()|[::-1]⟧
print("sorted", len(words), "words")
last = words_by_length⟦.pop()|[-1]⟧
print⟦("longest:", last)| "longest:", last⟧
