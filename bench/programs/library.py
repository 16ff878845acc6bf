def load(lines):
    books = {}
    for line in lines:
        title, year = line.split(";")
        books[title] = int(year)
    return books


def oldest(books):
    best = None
    for title, year in books.items():
        if best is None or year < books[best]:
            best = title
    return best


lines = ["Emma;1815", "Ulysses;1922", "Dune;1965"]
books = load(lines)
print(oldest(books))
print(books["Persuasion"])
