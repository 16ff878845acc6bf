/** Hand-written programs: shops, schools, games, banks, weather and other small projects. */
export const seeds = String.raw`
#--- no error
cart = {"apple": 3, "milk": 1}
prices = {"apple": 0.5, "milk": 1.25}
total = sum(prices[item] * n for item, n in cart.items())
print(f"Total: {total:.2f}")
#--- KeyError
cart = {"apple": 3, "milk": 1, "bread": 2}
prices = {"apple": 0.5, "milk": 1.25}
total = sum(prices[item] * n for item, n in cart.items())
print(f"Total: {total:.2f}")
#--- no error
cart = [("apple", 3, 0.5), ("milk", 1, 1.25)]
for name, qty, price in cart:
    print(f"{name:<8}{qty:>3}{qty * price:>8.2f}")
#--- ValueError
cart = [("apple", 3, 0.5), ("milk", 1)]
for name, qty, price in cart:
    print(f"{name:<8}{qty:>3}{qty * price:>8.2f}")
#--- no error
def apply_discount(price, percent):
    return round(price * (1 - percent / 100), 2)

for p in [10, 25.5, 99]:
    print(apply_discount(p, 20))
#--- TypeError
def apply_discount(price, percent):
    return round(price * (1 - percent / 100), 2)

for p in [10, "25.5", 99]:
    print(apply_discount(p, 20))
#--- no error
TAX = 0.2
subtotal = 80
tax = subtotal * TAX
total = subtotal + tax
print("Subtotal:", subtotal)
print("Tax:", tax)
print("Total:", total)
#--- TypeError
TAX = "20%"
subtotal = 80
tax = subtotal * TAX
total = subtotal + tax
print("Total:", total)
#--- no error
stock = {"pen": 10, "book": 0}
def buy(item, n):
    if stock[item] < n:
        return "not enough"
    stock[item] -= n
    return "ok"
print(buy("pen", 3), buy("book", 1))
#--- KeyError
stock = {"pen": 10, "book": 0}
def buy(item, n):
    if stock[item] < n:
        return "not enough"
    stock[item] -= n
    return "ok"
print(buy("pencil", 3))
#--- no error
grades = {"Ann": [90, 80], "Bob": [70, 75]}
for student, marks in grades.items():
    print(student, sum(marks) / len(marks))
#--- ZeroDivisionError
grades = {"Ann": [90, 80], "Bob": []}
for student, marks in grades.items():
    print(student, sum(marks) / len(marks))
#--- TypeError
grades = {"Ann": [90, 80], "Bob": [70, 75]}
for student, marks in grades.items():
    print(student + ": " + sum(marks) / len(marks))
#--- no error
def letter(score):
    if score >= 90:
        return "A"
    elif score >= 80:
        return "B"
    elif score >= 70:
        return "C"
    return "F"
for s in (95, 83, 40):
    print(letter(s))
#--- UnboundLocalError
def letter(score):
    if score >= 90:
        grade = "A"
    elif score >= 80:
        grade = "B"
    elif score >= 70:
        grade = "C"
    return grade
for s in (95, 83, 40):
    print(letter(s))
#--- no error
marks = [56, 78, 91, 34]
passed = [m for m in marks if m >= 50]
print(f"{len(passed)} of {len(marks)} passed")
print("Best:", max(marks), "Worst:", min(marks))
#--- TypeError
marks = [56, 78, None, 34]
passed = [m for m in marks if m >= 50]
print(f"{len(passed)} of {len(marks)} passed")
#--- TypeError
marks = ["56", "78", "91"]
print("Average:", sum(marks) / len(marks))
#--- no error
students = ["Zed", "Amy", "Kim"]
scores = [70, 95, 88]
ranking = sorted(zip(scores, students), reverse=True)
for place, (score, name) in enumerate(ranking, 1):
    print(place, name, score)
#--- IndexError
students = ["Zed", "Amy", "Kim"]
scores = [70, 95]
for i in range(len(students)):
    print(students[i], scores[i])
#--- no error
temps = [22.5, 19.0, 24.1, 18.3]
avg = sum(temps) / len(temps)
above = [t for t in temps if t > avg]
print(round(avg, 1), above)
#--- no error
temps = {"mon": 22, "tue": 19}
hottest = max(temps, key=temps.get)
print(hottest, temps[hottest])
#--- TypeError
temps = {"mon": 22, "tue": 19}
hottest = max(temps, key=temps.get())
print(hottest, temps[hottest])
#--- no error
def c_to_f(c):
    return c * 9 / 5 + 32

for c in range(0, 101, 25):
    print(c, "C =", c_to_f(c), "F")
#--- TypeError
def c_to_f(c):
    return c * 9 / 5 + 32

temp = "25"
print(c_to_f(temp))
#--- TypeError
def c_to_f(c):
    return c * 9 / 5 + 32
print(c_to_f(25) + " degrees")
#--- no error
rain = [0, 3.2, 0, 12.5, 1.1]
wet_days = 0
for r in rain:
    if r > 0:
        wet_days += 1
print("Wet days:", wet_days, "Total:", sum(rain))
#--- no error
weather = {"city": "Oslo", "temp": -3, "wind": {"speed": 12}}
print(f"{weather['city']}: {weather['temp']}°C, wind {weather['wind']['speed']} km/h")
#--- KeyError
weather = {"city": "Oslo", "temp": -3, "wind": {"speed": 12}}
print(f"{weather['city']}: {weather['wind']['direction']}")
#--- TypeError
weather = {"city": "Oslo", "temp": -3}
if weather["temp"] < "0":
    print("freezing")
#--- no error
balance = 100
for amount in [20, -50, 30]:
    balance += amount
    print("Balance:", balance)
assert balance == 100
#--- TypeError
balance = 100
for amount in [20, -50, "30"]:
    balance += amount
    print("Balance:", balance)
#--- no error
accounts = {"A1": 500, "B2": 20}
def transfer(src, dst, amount):
    if accounts[src] < amount:
        raise ValueError("insufficient funds")
    accounts[src] -= amount
    accounts[dst] += amount
transfer("A1", "B2", 100)
print(accounts)
#--- ValueError
accounts = {"A1": 500, "B2": 20}
def transfer(src, dst, amount):
    if accounts[src] < amount:
        raise ValueError("insufficient funds")
    accounts[src] -= amount
    accounts[dst] += amount
transfer("B2", "A1", 100)
#--- KeyError
accounts = {"A1": 500, "B2": 20}
def transfer(src, dst, amount):
    accounts[src] -= amount
    accounts[dst] += amount
transfer("A1", "C3", 100)
#--- no error
class Account:
    def __init__(self, owner, balance=0):
        self.owner = owner
        self.balance = balance
    def deposit(self, amount):
        if amount <= 0:
            raise ValueError("amount must be positive")
        self.balance += amount
        return self.balance
a = Account("Lee")
print(a.deposit(50), a.deposit(25))
#--- ValueError
class Account:
    def __init__(self, owner, balance=0):
        self.owner = owner
        self.balance = balance
    def deposit(self, amount):
        if amount <= 0:
            raise ValueError("amount must be positive")
        self.balance += amount
a = Account("Lee")
a.deposit(0)
#--- no error
class Account:
    rate = 0.05
    def __init__(self, balance):
        self.balance = balance
    def interest(self):
        return self.balance * self.rate
print(Account(200).interest())
#--- NameError
class Savings(Account):
    def interest(self):
        return self.balance * 0.05
print(Savings(200).interest())
#--- no error
principal = 1000
rate = 5
for year in range(1, 4):
    principal *= 1 + rate / 100
    print(f"Year {year}: {principal:.2f}")
#--- no error
secret = 7
for guess in [3, 9, 7]:
    if guess < secret:
        print("Too low")
    elif guess > secret:
        print("Too high")
    else:
        print("Correct!")
        break
#--- TypeError
secret = 7
for guess in ["3", "9", "7"]:
    if guess < secret:
        print("Too low")
    else:
        print("Too high")
#--- no error
choices = ["rock", "paper", "scissors"]
wins = {"rock": "scissors", "paper": "rock", "scissors": "paper"}
p1, p2 = "rock", "scissors"
if wins[p1] == p2:
    print("player 1 wins")
#--- KeyError
choices = ["rock", "paper", "scissors"]
wins = {"rock": "scissors", "paper": "rock", "scissors": "paper"}
p1, p2 = "Rock", "scissors"
if wins[p1] == p2:
    print("player 1 wins")
#--- no error
board = [" "] * 9
board[4] = "X"
board[0] = "O"
for r in range(0, 9, 3):
    print("|".join(board[r:r + 3]))
#--- IndexError
board = [" "] * 9
board[9] = "X"
print(board)
#--- ValueError
board = [["-"] * 3 for _ in range(3)]
def place(row, col, mark):
    if board[row][col] != "-":
        raise ValueError("taken")
    board[row][col] = mark
place(0, 0, "X")
place(0, 0, "O")
#--- IndexError
board = [["-"] * 3 for _ in range(3)]
def place(row, col, mark):
    if board[row][col] != "-":
        raise ValueError("taken")
    board[row][col] = mark
place(0, 0, "X")
place(1, 3, "O")
`;
