#--- no error
from ⟦decimal|dceimal⟧ import Decimal

RATES = {"EUR": Decimal("1"), "USD": Decimal("1.08"), ⟦"JPY"|"YEN"⟧: Decimal("160.5")}


def exchange(amount, source, target):
    in_euro = ⟦Decimal(amount)|amount|float(amount)⟧ / RATES[source]
    return round(in_euro * RATES[target], 2)


wallet = {"USD": "54.00", "JPY": "3210"}
total = Decimal(0)
for currency, amount in wallet.items():
    part = exchange(amount, currency, "EUR")
    print(currency, amount, "=", part)
    total += part
print("in euro:", total, total ⟦> 50|> "50"|.quantize(Decimal("1"))⟧)
#--- TypeError
import ⟦datetime|datetime2⟧

today = datetime.date(2020, 5, 17)
events = {
    "exam": datetime.date(2020, 6, 2),
    "trip": ⟦datetime.datetime(2020, 7, 1, 9, 30)|datetime.date(2020, 7, 1)|datetime.date.fromisoformat("2020-07-01")⟧,
}

for name in sorted(events):
    left = events[name] - today
    print(f"{name}: {left.days} days to go")
#--- no error
class Account:
    interest = ⟦0.02|None|0⟧

    def __init__(self, owner, balance=0):
        self.owner = owner
        self.balance = balance
        self.history = []

    def post(self, amount, text)⟦:|⟧
        if self.balance + amount < 0:
            raise ValueError(f"{self.owner} cannot pay {text}")
        self.balance += amount
        self.history.append(⟦(text, amount)|text|amount⟧)

    def year_end(self):
        self.post(self.balance * self.interest, "interest")


account = Account("M. Perez", 100)
account.post(⟦-30|-130⟧, "shoes")
account.post(45, "gift")
account.year_end()
for text, amount in account.history:
    print(f"{text:<10}{amount:>8.2f}")
#--- ValueError
from datetime import date

def first_weekday(year, month, weekday):
    for day in range(1, 8):
        if date(year, month, day).weekday() == weekday:
            return date(year, month, day)

⟦meetings = []|pass⟧
for month in range(⟦0|1⟧, 4):
    meetings.append(first_weekday(2022, month, ⟦0|7|6⟧))

for meeting in meetings:
    print(meeting.strftime("%d/%m/%Y"))
#--- no error
from ⟦fractions|farctions⟧ import Fraction

shares = {"Aunt Jo": Fraction(1, 3), "Tim": Fraction(1, 4), "Zoo": Fraction(⟦5, 12|1, 2|"5/12"|5, 0⟧)}
estate = 24_000

assert sum(shares.values()) == 1, "shares do not add up"
for heir, share in shares.items():
    amount = share * estate
    print(heir, amount⟦|.numerator // 1|.value⟧)
print(max(shares, key=shares.⟦get|__getitem__|values⟧))
#--- AttributeError
from datetime import datetime, timedelta

⟦start|"start"⟧ = datetime(2019, 3, 4, 22, 15)
watches = [("Abel", 4), ("Bodil", 4), ("Cora", ⟦3|"3"|3.5⟧)]

plan = []
for sailor, hours in watches:
    end = start + timedelta(hours=hours)
    plan.append((sailor, start, end))
    start = end

for sailor, begin, end in plan:
    print(sailor, begin.⟦format("%H:%M")|strftime("%H:%M")|time()⟧, "-", f"{end:%H:%M}")
#--- no error
def change(pence, coins=(200, 100, 50, 20, 10, 5, 2⟦, 1|, 0|⟧)):
    given = []
    for coin in coins:
        count, pence = divmod(pence, coin)
        given += [coin] * count
    if pence:
        raise ArithmeticError(f"{pence}p cannot be given")
    return given


till = [⟦87|88|88.0⟧, 230, 4]
for amount in till:
    try:
        print(amount, change(amount))
    except ArithmeticError as e:
        print("Sorry:⟦"|'⟧, e)
#--- NameError
from datetime import date, ⟦timedelta as delta|timedelta⟧

due = date(2023, 1, 31)
paid = date(2023, 2, 20)
fine = 0.0

if paid > due + timedelta(days=⟦14|28⟧):
    weeks = (paid - due).days // 7
    fine = weeks * 0.5
print(f"fine: {fine:.2f}")
#--- no error
import calendar

names = list(calendar.month_abbr)
bills = {"Jan": 81.2, "Mar": 77.9, "⟦Dec|Dez|dec⟧": 90.0}

by_number = {}
for name, cost in bills.items():
    by_number[names.index(name)] = cost

quarters = [0, 0, 0, 0⟦|, 0⟧]
for month, cost in by_number.items():
    quarters[(month - ⟦1|0|13⟧) // 3] += cost
print(quarters, calendar.isleap(2024))
#--- ZeroDivisionError
LOAN = 6000

def months_to_pay(rate_per_month):
    """Full months until the loan is paid."""
    ⟦whole|whol⟧ = LOAN // rate_per_month
    return whole + (LOAN % rate_per_month > 0)

offers = {"slow": 150, "fast": 450, "pause": ⟦0|50|1⟧}
for label in offers:
    ⟦|if not offers[label]: continue⟧
    print(label, months_to_pay(offers[label]))
#--- no error
from datetime import date

birthdays = [("Ota", date(1990, 12, 3)), ("Pia", date(1988, 2, ⟦29|30⟧)), ("Rui", date(1995, 7, 20))]


def next_birthday(born, today):
    try:
        coming = born.replace(year=today.year)
    except ValueError:
        coming = date(today.year, 3, 1)
    if coming < today:
        coming = coming.replace(year=today.year + 1⟦)|⟧
    return coming


today = date(2023, ⟦6, 15|13, 1⟧)
queue = sorted(birthdays, key=lambda b: next_birthday(b[1], today))
print(" then ".join(⟦name for name, _ in queue|queue|name for name in queue⟧))
#--- SyntaxError
prices = [19.99, 5.49, 12.00]
discount = 0.1

def reduced(price, rate=0, ⟦minimum|minimum=1⟧):
    return max(price * (1 - rate), minimum)

total = 0
for price in prices:
    total += reduced(price, discount, 1)
print(round(total, 2))
#--- no error
UNITS = {"g": 1, "kg": 1000, "oz": 28.35}

def grams(text):
    number, unit = text.split()
    return float(number) * UNITS[unit]

parcel = ["1.2 kg", "300 g", "⟦4 oz|4oz|4 lb|four oz⟧"]
weight = sum(map(grams, parcel))
classes = [(500, 3.2), (2000, 5.9), (⟦5000|1000⟧, 8.4)]
for limit, postage in classes:
    if ⟦weight|weigh⟧ <= limit:
        print(f"{weight:.0f} g cost {postage}")
        break
else:
    print("too heavy")
#--- KeyError
RATES = {("DE", "food"): 7, ("DE", "book"): 7, ("DE", "other"): 19, ("DK", "other"): 25}

def tax(country, kind, net):
    ⟦rate = RATES[country, kind]|rate = RATES.get((country, kind), RATES[country, "other"])|rate = RATES[country][kind]⟧
    return net * rate / 100

basket = [("DE", "food", 20), ("DK", "food", 30), ("DE", "other", 9)]
print(sum(tax(*line) for line in basket))
#--- no error
import ⟦datetime|datetim⟧ as dt

HOLIDAYS = {dt.date(2021, 12, 27), dt.date(2021, 12, 28)}


def working_days(start, count⟦|, skip|, skip=HOLIDAYS⟧):
    """The next `count` working days after start."""
    days = []
    day = start
    while len(days) < count:
        day += dt.timedelta(⟦1|days=1|day=1⟧)
        if day.weekday() < 5 and day not in HOLIDAYS:
            days.append(day)
    return days


found = working_days(dt.date(2021, 12, 24), 3)
print([d.isoformat() for d in found])
print(found[⟦2|3|-3⟧].strftime("%A"))
#--- AssertionError
salaries = {"Ek": 2800, "Falk": 3100, "Grau": 2950}
raises = {"Ek": 5, "Grau": 3⟦|, "Falk": 0⟧}

after = {}
for name in salaries:
    if name in raises:
        after[name] = salaries[name] * (100 + raises[name]) // 100

assert after.keys() == salaries.keys(), "somebody got lost⟦"|⟧
print(max(after.values()) - min(after.values()))
#--- no error
from decimal import Decimal as D⟦, getcontext|, get_context⟧

getcontext().prec = 6
legs = [D("12.40"), D("3.15"), D(⟦"0.45"|0.45|45⟧)]
people = ["Ugo", "Val", "Wim"]

each = sum(legs) / len(people⟦|[1:]|[3]⟧)
debts = {p: each - paid for p, paid in zip(people, legs)}
for p in people:
    print(p, debts[p], "owes" if debts[p] > 0 else "gets")
#--- IndexError
from datetime import date

log = [date(2022, 4, d) for d in (1, 2, 3, 7, 8, 15)]
streaks = []
i = 0
while i < len(log):
    j = i
    while ⟦log[j + 1]|j + 1 < len(log) and log[j + 1]⟧.toordinal() == log[j].toordinal() + 1:
        j ⟦+=|=+=⟧ 1
    streaks.append(j - i + 1)
    i = j + 1
print("longest streak:", max(streaks))
#--- no error
def parse_money(text):
    text = text.strip().replace(" ", "")
    ⟦sign|signs⟧ = 1
    if text.startswith("-"):
        sign, text = -1, text[1:]
    elif text.startswith("(") and text.endswith(")"):
        sign, text = -1, text[1:-1]
    pounds, _, pence = text.lstrip("£").partition(".")
    return sign * (int(pounds) * 100 + int(pence ⟦or 0|or "00"|or None⟧))


statement = ["£12.50", "-£3", "(4.05)", "⟦1 200.00|1,200.00|£|-(5)⟧"]
print([parse_money(s) for s in statement])
#--- IndentationError
fares = {"child": 1.2, "adult": 2.4, "senior": 1.8}
riders = ["adult", "child", "adult"]

def fare_for(riders):
    total = 0
    for rider in riders:
        total += fares[rider]
    ⟦  ||    ⟧return round(total, 2)

print(fare_for(riders))
#--- no error
SECONDS = {"s": 1, "min": 60, "h": 3600, "d": 86400}


def human(seconds, units=⟦("d", "h", "min", "s")|["d", "h", "m", "s"]|SECONDS|"h"⟧):
⟦    parts = []|    pass⟧
    for unit in units:
        amount, seconds = divmod(seconds, SECONDS[unit])
        if amount:
            parts.append(f"{amount} {unit}")
    return " ".join(parts) or "0 s"


for value in (0, 59, 3700, ⟦200_000|2e5|"200000"⟧):
    print(human(value))
#--- UnboundLocalError
fee = 3
transfers = [120, 40, 900]

def charge(amounts):
    charged = []
    for amount in amounts:
        if amount > ⟦500|1000⟧:
            fee = 10
        ⟦charged.append(amount + fee)|charged.append(amount)⟧
    return charged

print(charge(transfers))
#--- ImportError
from datetime import ⟦dates|date⟧, timedelta
from calendar import monthrange

def end_of_month(year, month):
    return monthrange(year, month)[1]

print([end_of_month(2023, m) for m in (1, 2, 4)])
print(timedelta(days=end_of_month(2024, 2)))
#--- no error
class Money:
    def __init__(self, cents, currency="EUR"):
        self.cents = cents
        self.currency = currency

    def __add__(self, other):
        ⟦if other == 0:
            return self
        |⟧if other.currency != self.currency:
            raise ValueError("currencies differ")
        return Money(self.cents + other.cents, self.currency)

    __radd__ = __add__

    def __str__(⟦self|⟧):
        return f"{self.cents // 100},{self.cents % 100:02} {self.currency}"


tips = [Money(150), Money(275), Money(80⟦|, "USD"|, currency="EUR"⟧)]
print(sum(tips))
print(max(tips, key=⟦lambda m: m.cents|lambda m: m.cent|None⟧))
#--- TypeError
from datetime import date

class Milk:
    def __init__(self, best_before):
        self.best_before = best_before

    def is_good(self⟦, on|, on=date(2022, 1, 1)⟧):
⟦    |⟧    return on <= self.best_before

shelf = [Milk(date(2022, 1, 5)), Milk(date(2021, 12, 30))]
good = [milk for milk in shelf if milk.is_good(⟦|date(2022, 1, 2)|"2022-01-02"⟧)]
print(len(good), "cartons are good")
#--- no error
temps_f = {"Austin": 95, "Boise": ⟦61|None|"61"⟧, "Chicago": 70}

to_c = ⟦lambda f: (f - 32) * 5 / 9|lambda f: f and (f - 32) * 5 / 9|lambda f, d: (f - 32) * 5 / 9⟧
⟦celsius|Celsius⟧ = {city: to_c(f) for city, f in temps_f.items()}
print(", ".join(f"{c} {t:.1f}" for c, t in celsius.items() if t is not None))
#--- SyntaxError
from datetime import date, timedelta

start = date(2024, 2, 26)
week = [start + timedelta(days=i) for i in range(7)]

for day in week:
    note = ""
    if day.month == 3 ⟦and day.day = 1|and day.day == 1|and day.day⟧:
        note = "spring starts"
    print(day.isoformat(), note)
#--- NameError
⟦def monthly(principal, rate, years):|def monthly(principal, rate, years=30):|def monthly(principal, percent, years):⟧
    n = years * 12
⟦    |     ⟧r = rate / 100 / 12
    ⟦if rate == zero:|if r = = 0:|if r == 0:|if not r:⟧
        return principal / n
    return principal * r / (1 - (1 + r) ** -n)

print(round(monthly(200_000, 3.5, 30), 2))
print(monthly(1200, 0, 1))
#--- no error
import ⟦time|pytime⟧

stamp = time.struct_time((2023, 7, 14, 18, 5, 0, 4, 195, 0))
text = time.strftime("⟦%Y-%m-%d|%d %Y-%m|%Y-%m-%d %H⟧", stamp)
year, month, day = (int(part) for part in text.split("-"))
print(year, month, day, stamp.tm_hour, stamp[⟦4|8|9⟧])
print("evening" if stamp.⟦tm_hour|hour⟧ >= 18 else "day")
#--- StopIteration
from datetime import date, timedelta

def fridays(start, end):
    day = start
    while day < end:
        if day.weekday() == 4:
            yield day
        day += timedelta(days=1)

pay_days = fridays(date(2022, 9, 1), date(2022, 9, ⟦16|17|23⟧))
for pupil in ["Gil", "Hana"⟦, "Ivo"|⟧]:
    print(pupil, "gets pocket money on⟦"|⟧, next(pay_days))
