import { skeletons } from '../../kits/skeletons/skeletons';

/** Small programs around a function or two, each of which can go wrong in several ways. */
export const families = [
  skeletons('programs/functions', String.raw`
def $fn($arg, $arg2=⟦!$d|0|"$d"|None⟧):
    ⟦!return|print⟧($arg / $arg2)

$iv = $fn($n⟦!|, 0|, $d2|, "$w"⟧)
print($iv⟦!| + 1| + "1"⟧)
---
def celsius_to_fahrenheit(c):
    return c * 9 / ⟦!5|0⟧ + 32

for temp in [0, $n, ⟦!100|"100"|None⟧]:
    print(⟦!f"{temp}C = {celsius_to_fahrenheit(temp)}F"|temp + "C"|celsius_to_fahrenheit(temps)|celsius_to_farenheit(temp)⟧)
---
def is_prime(n):
    if n < 2:
        return False
    for i in range(⟦!2|0⟧, ⟦!n|N|n / 2|int(n ** 0.5) + 1⟧):
        if n % i == 0:
            return False
    return True

primes = [x for x in range($n) if is_prime(x)]
print(primes⟦!|[0]|[500]|.first()⟧)
---
def factorial(n):
    ⟦!if n == 0:
        return 1
    |⟧return n * factorial(⟦!n - 1|n|n + 1⟧)

result = factorial(⟦!$d|-1|"$d"|0⟧)
print("Result: " + ⟦!str(result)|result|str(results)⟧)
---
def $fn(text):
    vowels = "aeiou"
    ⟦!count = 0
    |⟧for ch in text⟦!|.lower()|.lowercase()⟧:
        if ch in vowels:
            count += 1
    return count

print($fn(⟦!"$w"|$n|$w|⟧))
---
counter = 0

def increment():
    ⟦!global counter
    |⟧counter += ⟦!1|"1"⟧
    return counter

for _ in range(⟦!3|"3"|0⟧):
    increment()
⟦!print(counter)|assert counter == 4|print(counters)|print(1 / counter)⟧
---
def $fn(items):
    best = ⟦!items[0]|None|0⟧
    for item in items:
        if item > best:
            best = item
    return best

print($fn([⟦!$ints~k||$n, "$n2"⟧]))
---
def $fn($arg):
    if $arg ⟦!>=|<⟧ 90:
        grade = "A"
    elif $arg >= 80:
        grade = "B"
    ⟦!else:
        grade = "C"
    |⟧return grade

print($fn(⟦!$n|95|"$n"|50⟧))
---
def divide(a, b):
    try:
        return a / b
    except ⟦!ZeroDivisionError|ValueError|TypeError⟧:
        print("cannot divide")
        ⟦!return 0|raise|return result|pass⟧

print(divide($n, ⟦!0|$d|"$d"⟧)⟦! * 2| + 1|[0]⟧)
---
def parse_age(text):
    age = int(text)
    ⟦!if age < 0:
        raise ValueError("negative age")
    |assert age > 18, "too young"
    |⟧return age

for t in ["$n", "⟦!$n2|-$d|$w||$d⟧"]:
    print(parse_age(t)⟦!| / 0|.years⟧)
---
def evens(limit):
    n = 0
    while n ⟦!<|<=⟧ limit:
        yield n
        n += 2

gen = evens(⟦!4|2|0|5⟧)
print(next(gen))
print(next(gen⟦!|, None⟧))
⟦!|print(gen[0])|print(len(gen))|print(next(gen))⟧
---
def outer():
    total = 0

    def inner(x):
        ⟦!nonlocal total|global total|pass⟧
        total += x
        return total

    return inner

acc = outer()
acc($d)
print(acc(⟦!$d2|"$d2"|⟧))⟦!|
print(total)⟧
---
import math

def distance(p, q):
    return math.⟦!sqrt|sqroot⟧((p[0] - q[0]) ** 2 ⟦!+|-⟧ (p[1] - q[⟦!1|2⟧]) ** 2)

print(distance((⟦!$d, $d2|$d,|"1", 2⟧), ($d3, $d4)))
---
def greet(name, greeting="Hello"):
    return ⟦!f"{greeting}, {name}!"|greeting + name + 1|greeting + ", " + nam⟧

print(greet(⟦!"$P"|$P||"$P", "Hi"|"$P", greting="Hi"|42⟧))
---
def fib(n):
    if n ⟦!<= 1|== 1⟧:
        return n
    return fib(n - 1) + fib(n - 2)

numbers = [fib(i) for i in range(⟦!6|1|8⟧)]
print(numbers[⟦!-1|5|7|10⟧], ⟦!sum(numbers)|numbers.sum()|"sum: " + sum(numbers)⟧)
---
def main():
    ⟦!$lst = [$ints~3]|$lst = []|$lst = None⟧
    print($lst[0])
    print(⟦!$lst[-1]|$lst[3]|$lst2|$lst["0"]⟧)


⟦!main()|if __name__ == "__main__":
    main()|Main()|main($n)⟧
---
def apply(func, value):
    return func(value)

print(apply(⟦!lambda x: x * 2|len|int|str.upper|abs⟧, ⟦!$n|"$w"|[$n]⟧))
---
def safe_get(d, key):
    try:
        return d[key]
    except ⟦!KeyError|IndexError|TypeError⟧:
        return ⟦!None|default|d⟧

print(safe_get({"$w": $n}, "⟦!$w|$w2⟧")⟦!| + 1|.value⟧)
---
def total_price(cart, discount=0):
    ⟦!total = sum(cart.values())|total = sum(cart)|total = cart.sum()⟧
    assert 0 <= discount ⟦!<=|<⟧ 1, "bad discount"
    return total * (1 - discount)

print(total_price({"$w": $n, "$w2": $f}, ⟦!0.1|5|1|"10"|0⟧))
---
def count_down(n):
    while n ⟦!> 0|>= 0⟧:
        print(10 // n)
        n -= ⟦!1|"1"⟧

count_down(⟦!$d|"$d"|0|-1⟧)
---
def merge(a, b):
    result = a.copy()
    result.⟦!update(b)|append(b)|merge(b)⟧
    return result

d = merge({"$w": $n}, ⟦!{"$w2": $n2}|None|["$w2"]⟧)
print(d["⟦!$w2|$w3|$w⟧"])
`, 34),
];
