/** Hand-written programs: text processing, formatting and parsing. */
export const seeds = String.raw`
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
`;
