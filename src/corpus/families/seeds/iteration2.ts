/** Hand-written programs: iterators, generators, files, assertions and exceptions. */
export const seeds = String.raw`
#--- AssertionError
assert 0.1 + 0.2 == 0.3
#--- no error
assert abs(0.1 + 0.2 - 0.3) < 1e-9
#--- AssertionError
assert len("hello") == 6
#--- AssertionError
assert isinstance("5", int), "not an int"
#--- no error
assert isinstance(5, int), "not an int"
#--- no error
assert sorted([3, 1, 2]) == [1, 2, 3]
#--- AssertionError
assert [3, 1, 2].sort() == [1, 2, 3]
#--- KeyError
assert (1 == 2, "never fails")
#--- AssertionError
def add(a, b):
    return a - b
assert add(2, 3) == 5
#--- no error
def add(a, b):
    return a + b
assert add(2, 3) == 5
assert add(-1, 1) == 0
print("All tests passed")
#--- AssertionError
def is_palindrome(s):
    return s == s[::-1]
assert is_palindrome("level")
assert is_palindrome("Level")
#--- AssertionError
def is_prime(n):
    for i in range(2, n):
        if n % i == 0:
            return False
    return True
assert is_prime(7)
assert not is_prime(1)
#--- no error
def test_upper():
    assert "foo".upper() == "FOO"
test_upper()
#--- AssertionError
def test_upper():
    assert "foo".upper() == "Foo"
test_upper()
#--- no error
def test_upper():
    assert "foo".upper() == "Foo"
#--- AssertionError
def sqrt(n):
    assert n >= 0, "negative"
    return n ** 0.5
print(sqrt(9))
print(sqrt(-9))
#--- AssertionError
def withdraw(balance, amount):
    assert amount <= balance, f"need {amount - balance} more"
    return balance - amount
withdraw(20, 50)
#--- no error
try:
    assert False, "boom"
except AssertionError as e:
    print("caught", e)
#--- AssertionError
try:
    assert False, "boom"
except ValueError as e:
    print("caught", e)
#--- no error
try:
    x = int("abc")
except ValueError:
    print("not a number")
#--- ValueError
try:
    x = int("abc")
except TypeError:
    print("not a number")
#--- SyntaxError
try:
    x = int("abc")
print("done")
#--- no error
try:
    x = int("abc")
except:
    print("error")
finally:
    print("bye")
#--- no error
try:
    x = int("7")
except ValueError:
    print("bad")
else:
    print(x * 2)
#--- no error
try:
    print(10 / 0)
except ZeroDivisionError as e:
    print("Error:", e)
#--- NameError
try:
    print(10 / 0)
except ZeroDivisonError as e:
    print("Error:", e)
#--- TypeError
try:
    print(10 / 0)
except ZeroDivisionError as e:
    print("Error: " + e)
#--- no error
try:
    print(undefined_thing)
except NameError:
    print("no such variable")
#--- no error
try:
    print(undefined_thing)
except Exception as e:
    print(type(e).__name__)
#--- no error
try:
    [][0]
except (IndexError, KeyError):
    print("lookup failed")
#--- SyntaxError
try:
    [][0]
except IndexError, KeyError as e:
    print("lookup failed")
#--- no error
try:
    {}["a"]
except LookupError:
    print("lookup failed")
#--- TypeError
try:
    raise ValueError("bad value")
except ValueError as e:
    raise TypeError("wrong") from e
#--- ValueError
raise ValueError("Invalid age")
#--- TypeError
raise "an error"
#--- NameError
raise ValueErr("oops")
#--- no error
def check_age(age):
    if age < 0:
        raise ValueError("age must be positive")
    return age
print(check_age(10))
#--- ValueError
def check_age(age):
    if age < 0:
        raise ValueError("age must be positive")
    return age
print(check_age(-1))
#--- TypeError
def check_age(age):
    if type(age) != int:
        raise TypeError("age must be an int")
    return age
check_age("12")
#--- TypeError
def safe_div(a, b):
    try:
        return a / b
    except ZeroDivisionError:
        print("div by zero")
print(safe_div(1, 0) + 1)
#--- no error
def get(lst, i):
    try:
        return lst[i]
    except IndexError:
        return None
print(get([1, 2], 5))
#--- KeyError
def get(d, k):
    try:
        return d[k]
    except IndexError:
        return None
print(get({"a": 1}, "b"))
#--- no error
for s in ["1", "x", "3"]:
    try:
        print(int(s))
    except ValueError:
        continue
#--- ValueError
for s in ["1", "x", "3"]:
    print(int(s))
#--- NameError
try:
    n = 5
    n.append(1)
except AttributeError as err:
    print(err)
print(err)
#--- no error
class Resource:
    def __enter__(self):
        print("open")
        return self
    def __exit__(self, *args):
        print("close")
with Resource() as r:
    print("using")
#--- TypeError
class Resource:
    def open(self):
        return self
with Resource() as r:
    print("using")
#--- no error
from contextlib import contextmanager
@contextmanager
def tag(name):
    print("<" + name + ">")
    yield
    print("</" + name + ">")
with tag("b"):
    print("bold")
#--- no error
from contextlib import suppress
with suppress(KeyError):
    {}["x"]
print("fine")
#--- IndexError
from contextlib import suppress
with suppress(KeyError):
    [][1]
#--- ImportError
from contextlib import ignored
#--- no error
try:
    import json5
except ImportError:
    print("not installed")
#--- StopIteration
def process(items):
    for item in items:
        if item is None:
            raise StopIteration
        print(item)
process([1, None])
#--- no error
def loop():
    return loop()
try:
    loop()
except RecursionError:
    print("too deep")
#--- RecursionError
def loop():
    return loop()
try:
    loop()
except ValueError:
    print("too deep")
#--- ZeroDivisionError
x = 0
try:
    y = 1 / x
finally:
    print("cleanup")
#--- no error
def f():
    try:
        return 1
    finally:
        print("finally")
print(f())
`;
