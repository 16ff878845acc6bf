#--- no error
LOG = """
2024-05-01 10:02:11 INFO  start worker=3
2024-05-01 10:02:15 ERROR timeout worker=1
2024-05-01 10:03:40 INFO  done worker=3
2024-05-01 10:04:02 ERROR refused worker=2
"""


def parse_line(line):
    date, time, level, message, worker = line.split()
    return {"when": f"{date}T{time}", "level": level, "message": message, "worker": int(worker.split("=")[1])}


def errors(lines):
    for line in lines:
        entry = parse_line(line)
        if entry["level"] == "ERROR":
            yield entry


entries = list(errors(LOG.strip().splitlines()))
print(len(entries), "errors")
for entry in entries:
    print(entry["when"], entry["message"], "on", entry["worker"])
#--- ValueError
LOG = """10:02 INFO started
10:05 WARN
10:09 INFO stopped"""

levels = {}
for line in LOG.splitlines():
    time, level, message = line.split(" ", 2)
    levels.setdefault(level, []).append(message)

for level in levels:
    print(level, levels[level])
#--- no error
import re
from collections import Counter

TEXT = """The quick brown fox jumps over the lazy dog.
The dog barks; the fox runs away. Quick, quick!"""

STOP_WORDS = {"the", "over", "away"}


def words(text):
    return [word.lower() for word in re.findall(r"[A-Za-z]+", text)]


def statistics(text):
    found = [word for word in words(text) if word not in STOP_WORDS]
    counter = Counter(found)
    longest = max(found, key=len)
    return {"words": len(found), "unique": len(counter), "top": counter.most_common(2), "longest": longest}


if __name__ == "__main__":
    result = statistics(TEXT)
    for key, value in result.items():
        print(f"{key:8} {value}")
#--- AttributeError
import re

lines = ["name: Ada", "born: 1815", "unknown"]
fields = {}
for line in lines:
    match = re.match(r"(\w+): (.+)", line)
    fields[match.group(1)] = match.group(2)

print(fields)
#--- no error
import re

lines = ["name: Ada", "born: 1815", "unknown"]
fields = {}
for line in lines:
    match = re.match(r"(\w+): (.+)", line)
    if match is None:
        print("skipped:", line)
        continue
    fields[match.group(1)] = match.group(2)

print(fields)
#--- no error
def caesar(text, shift):
    """Shift each letter of the text, keep everything else."""
    result = []
    for char in text:
        if char.isalpha():
            base = ord("A") if char.isupper() else ord("a")
            result.append(chr((ord(char) - base + shift) % 26 + base))
        else:
            result.append(char)
    return "".join(result)


secret = caesar("Meet me at 9!", 5)
print(secret)
print(caesar(secret, -5))
assert caesar(secret, -5) == "Meet me at 9!"
#--- TypeError
def caesar(text, shift):
    result = ""
    for char in text:
        if char.islower():
            result += (ord(char) - 97 + shift) % 26
        else:
            result += char
    return result


print(caesar("hello world", 3))
#--- no error
def is_palindrome(phrase):
    letters = [c.lower() for c in phrase if c.isalnum()]
    return letters == letters[::-1]


def longest_palindrome(words):
    best = ""
    for word in words:
        if is_palindrome(word) and len(word) > len(best):
            best = word
    return best


candidates = ["level", "python", "rotator", "noon", "stats"]
print(longest_palindrome(candidates))
print(is_palindrome("Never odd or even"))
#--- no error
CONFIG = """
# server
host = example.org
port = 8080

# limits
timeout = 2.5
retries = 3
debug = yes
"""

CONVERTERS = {"port": int, "retries": int, "timeout": float, "debug": lambda text: text == "yes"}


def parse_config(text):
    settings = {}
    for number, line in enumerate(text.splitlines(), 1):
        line = line.strip()
        if not line or line.startswith("#"):
            continue
        if "=" not in line:
            raise ValueError(f"line {number}: expected key = value")
        key, value = (part.strip() for part in line.split("=", 1))
        settings[key] = CONVERTERS.get(key, str)(value)
    return settings


settings = parse_config(CONFIG)
print(settings["host"], settings["port"] + 1, settings["debug"])
#--- ValueError
CONFIG = "width=80\nheight=tall\ndepth=3"

dimensions = {}
for line in CONFIG.split("\n"):
    key, value = line.split("=")
    dimensions[key] = int(value)

volume = 1
for size in dimensions.values():
    volume *= size
print("volume:", volume)
#--- KeyError
template = "Dear {title} {name}, your order {order} has been sent."

customers = [
    {"title": "Ms", "name": "Novak", "order": 88},
    {"title": "Mr", "name": "Brown"},
]

for customer in customers:
    print(template.format(**customer))
#--- IndexError
names = ["Anna Schmidt", "Bo Lind", "Cher"]

initials = []
for name in names:
    parts = name.split()
    initials.append(parts[0][0] + parts[1][0])

print(", ".join(initials))
#--- no error
names = ["Anna Schmidt", "Bo Lind", "Cher"]

initials = []
for name in names:
    parts = name.split()
    initials.append("".join(part[0] for part in parts))

print(", ".join(initials))
#--- no error
import textwrap

paragraph = (
    "A generator is a function that returns an iterator. It looks like a normal "
    "function except that it contains yield expressions for producing values."
)


def box(text, width=40):
    lines = textwrap.wrap(text, width - 4)
    border = "+" + "-" * (width - 2) + "+"
    body = [f"| {line:<{width - 4}} |" for line in lines]
    return "\n".join([border, *body, border])


print(box(paragraph))
print(box("short", width=20))
#--- TypeError
scores = {"Maya": 91, "Noel": 78, "Omar": 85}

report = "Results\n"
for name, score in scores.items():
    report += "  " + name + ": " + score + "\n"

print(report)
#--- NameError
def count_vowels(text):
    vowels = "aeiou"
    count = 0
    for letter in text.lower():
        if letter in vowels:
            count += 1
    return count


sentence = "Reading code is a skill"
print(f"{count_vowels(sentence)} vowels, {len(sentance)} characters")
#--- no error
from itertools import groupby


def compress(text):
    """Run-length encoding: 'aaab' becomes 'a3b1'."""
    return "".join(f"{char}{len(list(group))}" for char, group in groupby(text))


def expand(code):
    pieces = []
    position = 0
    while position < len(code):
        char = code[position]
        position += 1
        digits = ""
        while position < len(code) and code[position].isdigit():
            digits += code[position]
            position += 1
        pieces.append(char * int(digits))
    return "".join(pieces)


original = "wwwwbbbwwwwwa"
packed = compress(original)
print(packed, len(original), "->", len(packed))
assert expand(packed) == original
#--- ValueError
def expand(code):
    result = ""
    for i in range(0, len(code), 2):
        result += code[i] * int(code[i + 1])
    return result


print(expand("a3b2"))
print(expand("xyz4"))
#--- SyntaxError
def slugify(title):
    cleaned = title.strip().lower()
    for sign in "!?.,":
        cleaned = cleaned.replace(sign, "")
    return "-".join(cleaned.split()


for title in ["Hello, World!", "  What is new?  "]:
    print(slugify(title))
#--- SyntaxError
words = ["stone", "paper", "scissors"]

for number, word in enumerate(words, start=1)
    line = f"{number}. {word}"
    print(line.ljust(20, ".") + str(len(word)))
#--- IndentationError
def shorten(text, limit=20):
    if len(text) <= limit:
    return text
    return text[:limit - 3] + "..."


print(shorten("a rather long sentence about nothing"))
print(shorten("short"))
#--- SyntaxError
message = 'It's time to go'
words = message.split()
for word in words:
    print(word.upper(), len(word))
#--- FileNotFoundError
def count_lines(path):
    total = 0
    with open(path, encoding="utf-8") as handle:
        for line in handle:
            if line.strip():
                total += 1
    return total


for name in ["chapter1.txt", "chapter2.txt"]:
    print(name, count_lines(name))
#--- no error
def count_lines(path):
    try:
        with open(path, encoding="utf-8") as handle:
            return sum(1 for line in handle if line.strip())
    except FileNotFoundError:
        print("no such file:", path)
        return 0


total = sum(count_lines(name) for name in ["chapter1.txt", "chapter2.txt"])
print("lines:", total)
#--- no error
with open("notes.txt", "w") as f:
    f.write("milk\nbread\n\neggs\n")

with open("notes.txt") as f:
    items = [line.strip() for line in f if line.strip()]

for position, item in enumerate(items):
    print(position, item)

with open("notes.txt", "a") as f:
    f.write("tea\n")

print(len(open("notes.txt").readlines()))
#--- AttributeError
tags = "python, testing , tools"
cleaned = tags.split(",").strip()
for tag in cleaned:
    print(tag)
#--- no error
phone_book = {}


def add(name, number):
    digits = "".join(c for c in number if c.isdigit())
    if len(digits) < 6:
        print("ignored:", number)
        return False
    phone_book[name.title()] = digits
    return True


add("anna", "030 / 123 456")
add("ben", "12-34")
add("carla", "+49 (40) 99 88 77")
for name in sorted(phone_book):
    print(f"{name:.<12}{phone_book[name]:.>14}")
