/** Hand-written programs: commented, typed, docstringed and modern Python, as in tutorials and pull requests. */
export const seeds = String.raw`
#--- no error
table = {f"{i}x{j}": i * j for i in range(1, 4) for j in range(1, 4)}
print(table["2x3"])
#--- KeyError
table = {f"{i}x{j}": i * j for i in range(1, 4) for j in range(1, 4)}
print(table["4x3"])
#--- no error
words = ["level", "world", "noon"]
print([w for w in words if w == w[::-1]])
#--- TypeError
words = ["level", "world", 1221]
print([w for w in words if w == w[::-1]])
#--- SyntaxError
words = ["level", "world", "noon"]
print([w if len(w) > 4 for w in words])
#--- no error
words = ["level", "world", "noon"]
print([w if len(w) > 4 else "-" for w in words])
#--- IndexError
words = ["level" "world", "noon"]
print(words[2])
#--- no error
pairs = [(x, y) for x in "ab" for y in (1, 2)]
print(dict(pairs), len(pairs))
#--- no error
nested = {"a": {"b": {"c": 42}}}
print(nested["a"]["b"]["c"])
#--- KeyError
nested = {"a": {"b": {"c": 42}}}
print(nested["a"]["c"]["b"])
#--- TypeError
nested = {"a": {"b": {"c": 42}}}
print(nested["a"]["b"]["c"]["d"])
#--- AttributeError
nested = {"a": {"b": {"c": 42}}}
print(nested.get("x").get("b"))
#--- no error
nested = {"a": {"b": {"c": 42}}}
print(nested.get("x", {}).get("b"))
#--- no error
employees = [
    {"name": "Mia", "salary": 4200},
    {"name": "Jon", "salary": 3900},
]
for e in employees:
    e["salary"] *= 1.1
print(round(sum(e["salary"] for e in employees)))
#--- TypeError
employees = [
    {"name": "Mia", "salary": 4200},
    {"name": "Jon", "salary": "3900"},
]
print(sum(e["salary"] for e in employees))
#--- SyntaxError
employees = [
    {"name": "Mia", "salary": 4200},
    {"name": "Jon"; "salary": 3900},
]
print(len(employees))
#--- IndexError
employees = [
    {"name": "Mia", "salary": 4200},
    {"name": "Jon", "salary": 3900},
]
print(employees[2]["name"])
#--- no error
employees = {
    "Mia": {"salary": 4200},
    "Jon": {"salary": 3900},
}
best = max(employees, key=lambda n: employees[n]["salary"])
print(best)
#--- KeyError
employees = {
    "Mia": {"salary": 4200},
    "Jon": {"pay": 3900},
}
best = max(employees, key=lambda n: employees[n]["salary"])
print(best)
#--- no error
s = "The rain in Spain"
print(s.lower().count("ai"), s.startswith("The"), s.endswith("n"))
print(s[4:8], s.split()[-1])
#--- IndexError
s = "The rain in Spain"
print(s.split()[3], s.split()[4])
#--- ValueError
s = "The rain in Spain"
print(s.index("sun"))
#--- no error
dna = "AGCTTAGC"
pairs = {"A": "T", "T": "A", "G": "C", "C": "G"}
print("".join(pairs[b] for b in reversed(dna)))
#--- KeyError
dna = "AGCTNAGC"
pairs = {"A": "T", "T": "A", "G": "C", "C": "G"}
print("".join(pairs[b] for b in reversed(dna)))
#--- no error
binary = "1101"
value = 0
for digit in binary:
    value = value * 2 + int(digit)
print(value)
#--- ValueError
binary = "1102"
print(int(binary, 2))
#--- TypeError
binary = "1101"
value = 0
for digit in binary:
    value = value * 2 + digit
print(value)
#--- no error
flags = 0b0101
print(flags & 0b0100 != 0, bin(flags | 0b1000), flags >> 1)
#--- TypeError
flags = "0101"
print(flags & 4)
#--- no error
ip = "192.168.0.1"
octets = [int(o) for o in ip.split(".")]
print(all(0 <= o <= 255 for o in octets))
#--- ValueError
ip = "192.168.0.x"
octets = [int(o) for o in ip.split(".")]
print(octets)
#--- no error
queue = []
queue.append("a")
queue.append("b")
print(queue.pop(0))
print(queue.pop(0))
print(len(queue))
#--- IndexError
queue = []
queue.append("a")
print(queue.pop(0))
print(queue.pop(0))
#--- AttributeError
queue = []
queue.enqueue("a")
#--- no error
matrix = [[0 for _ in range(3)] for _ in range(2)]
matrix[1][2] = 5
print(matrix)
#--- IndexError
matrix = [[0 for _ in range(3)] for _ in range(2)]
matrix[2][1] = 5
print(matrix)
#--- no error
matrix = [[0] * 2] * 2
matrix[0][0] = 1
print(matrix)
#--- no error
rows, cols = 3, 4
grid = [["." for _ in range(cols)] for _ in range(rows)]
grid[rows - 1][cols - 1] = "#"
print("\n".join("".join(r) for r in grid))
#--- IndexError
rows, cols = 3, 4
grid = [["." for _ in range(cols)] for _ in range(rows)]
grid[cols - 1][rows - 1] = "#"
print("\n".join("".join(r) for r in grid))
#--- no error
class Vehicle:
    wheels = 4

    def __init__(self, brand):
        self.brand = brand

class Bike(Vehicle):
    wheels = 2

print(Bike("Trek").wheels, Bike("Trek").brand)
#--- AttributeError
class Vehicle:
    wheels = 4

    def __init__(self, brand):
        self.brand = brand

class Bike(Vehicle):
    def __init__(self, brand, gears):
        self.gears = gears

print(Bike("Trek", 7).brand)
#--- AttributeError
class Vehicle:
    wheels = 4

    def __init__(self, brand):
        self.brand = brand

print(Vehicle.wheels, Vehicle.brand)
#--- no error
class Thermostat:
    def __init__(self):
        self._temp = 20

    @property
    def temp(self):
        return self._temp

    @temp.setter
    def temp(self, value):
        self._temp = max(5, value)

t = Thermostat()
t.temp = 1
print(t.temp)
#--- AttributeError
class Thermostat:
    def __init__(self):
        self._temp = 20

    @property
    def temp(self):
        return self._temp

t = Thermostat()
t.temp = 1
print(t.temp)
#--- TypeError
class Thermostat:
    def __init__(self):
        self._temp = 20

    @property
    def temp(self):
        return self._temp

t = Thermostat()
print(t.temp())
#--- no error
class Money:
    def __init__(self, amount):
        self.amount = amount
    def __add__(self, other):
        return Money(self.amount + other.amount)
    def __str__(self):
        return f"{self.amount:.2f} EUR"
print(Money(5) + Money(2.5))
#--- AttributeError
class Money:
    def __init__(self, amount):
        self.amount = amount
    def __add__(self, other):
        return Money(self.amount + other.amount)
print(Money(5) + 3)
#--- TypeError
class Money:
    def __init__(self, amount):
        self.amount = amount
    def __str__(self):
        return self.amount
print(Money(5))
#--- no error
class Team:
    def __init__(self, *members):
        self.members = list(members)
    def __len__(self):
        return len(self.members)
    def __contains__(self, name):
        return name in self.members
t = Team("a", "b")
print(len(t), "a" in t)
#--- TypeError
class Team:
    def __init__(self, *members):
        self.members = list(members)
t = Team("a", "b")
print(len(t))
#--- TypeError
class Team:
    def __init__(self, *members):
        self.members = list(members)
t = Team("a", "b")
for m in t:
    print(m)
#--- AttributeError
class Logger:
    def __init__(self):
        self.lines = []
    def log(self, text):
        self.lines.append(text)
logger = Logger()
logger.log("start")
logger.info("end")
`;
