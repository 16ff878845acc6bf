# Text processing, formatting and parsing.

#--- no error
sentence = "I love Python programming"
words = sentence.split(" ")
print(words[-1], len(words))
#--- IndexError
sentence = "I love Python programming"
words = sentence.split(" ")
print(words[5])
#--- AttributeError
sentence = "I love Python programming"
print(sentence.split().length)
#--- no error
line = "name=Bob;age=30"
fields = dict(f.split("=") for f in line.split(";"))
print(fields["age"])
#--- ValueError
line = "name=Bob;age"
fields = dict(f.split("=") for f in line.split(";"))
print(fields)
#--- TypeError
line = "name=Bob;age=30"
fields = dict(f.split("=") for f in line.split(";"))
print(fields["age"] + 1)
#--- KeyError
line = "name=Bob;age=30"
fields = dict(f.split("=") for f in line.split(";"))
print(fields["Age"])
#--- ValueError
row = "10,20,x,40"
print([int(v) for v in row.split(",")])
#--- no error
row = "10,20,30"
print(sum(int(v) for v in row.split(",")))
#--- TypeError
row = "10,20,30"
print(sum(row.split(",")))
#--- ValueError
row = "10,20,30,"
print(sum(int(v) for v in row.split(",")))
#--- no error
row = "10,20,,30"
print(sum(int(v) for v in row.split(",") if v))
#--- no error
log = "2024-01-05 ERROR disk full"
date, level, msg = log.split(" ", 2)
print(level, "->", msg)
#--- ValueError
log = "2024-01-05 ERROR disk full"
date, level, msg = log.split(" ")
print(level, "->", msg)
#--- no error
text = "Hello"
for i in range(len(text)):
    print(i, text[i])
#--- IndexError
text = "Hello"
for i in range(len(text) + 1):
    print(i, text[i])
#--- TypeError
text = "Hello"
for i in text:
    print(text[i])
#--- no error
text = "Hello"
new = ""
for ch in text:
    new = ch + new
print(new)
#--- NameError
text = "Hello"
for ch in text:
    new = ch + new
print(new)
#--- no error
text = "Hello World"
print(text.replace("World", "There").swapcase())
#--- TypeError
text = "Hello World"
print(text.replace("World"))
#--- TypeError
text = "Hello World"
print(text.replace("o", 0))
#--- IndexError
text = "Hello World"
text.replace("o", "0")[20]
#--- no error
text = "abc"
print(text.isalpha(), text.isdigit(), "42".isdigit())
#--- AttributeError
text = "abc"
print(text.isnumber())
#--- no error
num = "42"
if num.isdigit():
    print(int(num) + 1)
#--- AttributeError
num = 42
if num.isdigit():
    print(int(num) + 1)
#--- no error
s = "  padded "
print("[" + s.strip() + "]")
#--- AttributeError
s = "  padded "
print("[" + s.trim() + "]")
#--- TypeError
s = "  padded "
print(s.strip(1))
#--- no error
s = "x" * 3
print(s.center(11, "*"))
#--- TypeError
s = "x"
print(s.center(11, "**"))
#--- no error
s = "title case me"
print(s.title(), s.capitalize())
#--- AttributeError
s = "title case me"
print(s.Title())
#--- no error
print("abc".zfill(6), "7".rjust(3, "0"))
#--- SyntaxError
print(7.rjust(3))
#--- no error
print(7 .bit_length())
#--- no error
print("Name".ljust(10) + "Age")
#--- TypeError
print("Name".ljust("10") + "Age")
#--- no error
print("%5.2f|%-6s|%03d" % (3.14159, "ab", 7))
#--- TypeError
print("%5.2f" % "pi")
#--- TypeError
print("%d %d" % (1, 2, 3))
#--- ValueError
print("%d%" % 50)
#--- no error
print("%d%%" % 50)
#--- no error
print("{0} {1} {0}".format("a", "b"))
#--- IndexError
print("{0} {1} {2}".format("a", "b"))
#--- no error
print("{:>8}".format("right"))
#--- ValueError
print("{:.2f}".format("3.5"))
#--- no error
print("{:,}".format(1234567))
#--- ValueError
print("{".format(1))
#--- no error
print(f"{3.14159:.2f} {1000000:,} {0.25:.0%}")
#--- ValueError
print(f"{'abc':d}")
#--- no error
print(f"{10:x} {10:b} {10:08b}")
#--- no error
name = "Ann"
print(f"Hello {name.upper()}, you have {len(name)} letters")
#--- SyntaxError
name = "Ann"
print(f"Hello {name.upper}, you have {len(name} letters")
#--- NameError
name = "Ann"
print(f"Hello {nam}")
#--- no error
name = None
print(f"Hello {name}")
#--- TypeError
name = None
print("Hello " + name)
#--- no error
print("Line1\nLine2\tTabbed")
#--- no error
print(r"C:\new\table")
#--- no error
print("back\\slash")
#--- SyntaxError
print("bad\")
#--- no error
text = """one
two
three"""
print(text.splitlines()[2])
#--- IndexError
text = """one
two
three"""
print(text.splitlines()[3])
#--- no error
text = "one\ntwo"
for n, line in enumerate(text.split("\n"), 1):
    print(n, line)
#--- no error
vowels = "aeiou"
word = "education"
print([c for c in word if c in vowels])
#--- TypeError
vowels = 5
word = "education"
print([c for c in word if c in vowels])
#--- ValueError
word = "education"
print(word.index("z"))
#--- no error
word = "education"
pos = word.find("z")
print(pos)
#--- no error
word = "hello"
print(word[1:3], word[:2], word[-2:], word[10:20])
#--- TypeError
word = "hello"
print(word[1, 3])
#--- ValueError
word = "hello"
print(word[::0])
#--- TypeError
word = "hello"
print(word["e"])
#--- TypeError
word = "hello"
del word[0]
#--- AttributeError
word = "hello"
word.remove("h")
#--- AttributeError
word = "hello"
word.pop()
#--- AttributeError
word = "hello"
print(word.sort())
#--- no error
word = "hello"
print("".join(sorted(word)))
#--- no error
word = "hello"
print(set(word) - {"l"})
#--- TypeError
word = "hello"
print(word - "l")
#--- TypeError
word = "hello"
print(word * word)
#--- no error
word = "hello"
print(word + 1 * "!")
#--- TypeError
word = "hello"
print(word / 2)
#--- TypeError
word = "hello"
print(+word)
#--- TypeError
word = "hello"
print(-word)
#--- TypeError
word = "hello"
word += 5
#--- no error
word = "hello"
word += "5"
print(word)
#--- no error
word = "hello"
print(word.upper().lower().title().count("l"))
#--- AttributeError
word = "hello"
print(word.upper.lower())
#--- TypeError
word = "hello"
print(word())
#--- no error
print("a" in "abc", "d" not in "abc")
#--- TypeError
print(1 in "123")
#--- TypeError
print("1" in 123)
#--- no error
print("a" > "B", "a" > "b")
#--- TypeError
print("10" > 9)
#--- no error
print(int("10") > 9)
#--- ValueError
print(float("3.14abc"))
#--- no error
print(float("1e5"), float(" 2.5 "))
#--- ValueError
print(int("3.7"))
#--- no error
print(int(float("3.7")))
#--- ValueError
print(int(""))
#--- TypeError
print(int(None))
#--- TypeError
print(int([1]))
#--- ValueError
print(int("1,000"))
#--- no error
print(int("1,000".replace(",", "")))
#--- no error
print(int("12a", 16))
#--- ValueError
print(int("12g", 16))
#--- no error
print(bool("False"), bool(""), bool(0))
#--- no error
print(list("abc"), tuple("ab"))
#--- TypeError
print(list(5))
#--- TypeError
print(tuple(1, 2))
#--- ValueError
print(dict("ab"))
#--- no error
print(dict([("a", 1)]))
#--- ValueError
print(dict([("a", 1, 2)]))
#--- TypeError
print(set(5))
#--- no error
print(str(b"abc", "utf-8"))
#--- TypeError
print("abc" + b"def")
#--- no error
print("héllo".encode("utf-8"))
#--- no error
print("héllo".encode("ascii", "ignore"))
#--- no error
print(b"abc"[0] + 1)
#--- AttributeError
print("abc".decode())
#--- no error
msg = "attack at dawn"
print("".join(chr(ord(c) ^ 1) for c in msg))
#--- TypeError
msg = "attack at dawn"
print("".join(ord(c) ^ 1 for c in msg))
#--- no error
morse = {"s": "...", "o": "---"}
print(" ".join(morse[c] for c in "sos"))
#--- KeyError
morse = {"s": "...", "o": "---"}
print(" ".join(morse[c] for c in "soap"))
#--- no error
morse = {"s": "...", "o": "---"}
print(" ".join(morse.get(c, "?") for c in "soap"))
#--- no error
table = str.maketrans("abc", "xyz")
print("aabbcc".translate(table))
#--- ValueError
table = str.maketrans("abc", "xy")
print("aabbcc".translate(table))
#--- no error
acronym = "".join(w[0].upper() for w in "portable network graphics".split())
print(acronym)
#--- IndexError
acronym = "".join(w[0].upper() for w in "portable  network".split(" "))
print(acronym)
#--- no error
password = "secret123"
has_digit = any(c.isdigit() for c in password)
print(len(password) >= 8 and has_digit)
#--- TypeError
password = "secret123"
if len(password) < "8":
    print("too short")
#--- AttributeError
password = "secret123"
if password.len() < 8:
    print("too short")
#--- ValueError
password = "abc"
if len(password) < 8:
    raise ValueError("Password too short")
print("ok")
#--- no error
hours, minutes = "12:45".split(":")
print(int(hours) * 60 + int(minutes))
#--- ValueError
hours, minutes = "12:45:10".split(":")
print(int(hours) * 60 + int(minutes))
#--- TypeError
hours, minutes = "12:45".split(":")
print(hours * 60 + minutes * 1.0)
#--- no error
def initials(name):
    parts = name.split()
    return parts[0][0] + parts[1][0]
print(initials("Grace Hopper"))
#--- IndexError
def initials(name):
    parts = name.split()
    return parts[0][0] + parts[1][0]
print(initials("Grace"))
#--- AttributeError
def shout(text):
    return text.upper() + "!"
print(shout("hey"))
print(shout(7))
#--- no error
def mask(card):
    return "*" * (len(card) - 4) + card[-4:]
print(mask("1234567890"))
#--- TypeError
def mask(card):
    return "*" * (len(card) - 4) + card[-4:]
print(mask(1234567890))
#--- no error
def slugify(title):
    return "-".join(title.lower().split())
print(slugify("My First Post"))
#--- TypeError
def slugify(title):
    return "-".join(title.lower().split)
print(slugify("My First Post"))
#--- no error
def count_words(text):
    counts = {}
    for word in text.lower().split():
        word = word.strip(".,!?")
        counts[word] = counts.get(word, 0) + 1
    return counts
print(count_words("The cat. The dog!"))
#--- KeyError
def count_words(text):
    counts = {}
    for word in text.lower().split():
        counts[word] = counts[word] + 1
    return counts
print(count_words("The cat. The dog!"))
#--- no error
def pig_latin(word):
    if word[0] in "aeiou":
        return word + "way"
    return word[1:] + word[0] + "ay"
print(pig_latin("hello"), pig_latin("apple"))
#--- IndexError
def pig_latin(word):
    if word[0] in "aeiou":
        return word + "way"
    return word[1:] + word[0] + "ay"
print(pig_latin(""))
#--- no error
def parse_time(t):
    h, m = map(int, t.split(":"))
    return h * 60 + m
print(parse_time("09:30"))
#--- ValueError
def parse_time(t):
    h, m = map(int, t.split(":"))
    return h * 60 + m
print(parse_time("9h30"))
#--- ValueError
def parse_time(t):
    h, m = map(int, t.split(":"))
    return h * 60 + m
print(parse_time("09:3o"))
#--- no error
csv = "name,age\nAnn,30\nBob,25"
header, *rows = [l.split(",") for l in csv.splitlines()]
people = [dict(zip(header, r)) for r in rows]
print(people[0]["name"])
#--- IndexError
csv = "name,age\nAnn,30\nBob,25"
header, *rows = [l.split(",") for l in csv.splitlines()]
people = [dict(zip(header, r)) for r in rows]
print(people[2]["name"])
#--- KeyError
csv = "name,age\nAnn,30\nBob,25"
header, *rows = [l.split(",") for l in csv.splitlines()]
people = [dict(zip(header, r)) for r in rows]
print(people[0]["email"])
