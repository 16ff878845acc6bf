/** Hand-written programs: short everyday snippets, mostly correct, as in questions and tutorials. */
export const seeds = String.raw`
#--- no error
x = [[1, 2], [3, 4]]
print(sum(sum(r) for r in x))
#--- no error
x = [[1, 2], [3, 4]]
print(sum(x, []))
#--- no error
x = [1, 2] * 2
print(x)
#--- no error
x = [1, 2] + [3]
print(x)
#--- TypeError
x = [1, 2] + 3
#--- TypeError
x = [1, 2] + "3"
#--- no error
x = [1, 2] + list("3")
print(x)
#--- no error
x = [1, 2]
x += "ab"
print(x)
#--- TypeError
x = [1, 2]
x = x.append(3)
print(x[0])
#--- no error
x = [1, 2]
x = x.append(3)
print(x)
#--- AttributeError
x = [1, 2]
x = x.append(3)
x.append(4)
#--- TypeError
x = [1, 2]
x = x.append(3)
for v in x:
    print(v)
#--- no error
x = [1, 2]
print("x is " + str(x))
#--- TypeError
x = [1, 2]
print("x is " + x)
#--- no error
x = {1, 2}
y = {2, 3}
print(x | y, x & y)
#--- TypeError
x = {1, 2}
y = {2, 3}
print(x + y)
#--- TypeError
x = {1, 2}
x[0] = 5
#--- no error
x = {"a": 1}
x["b"] = 2
print(x)
#--- KeyError
x = {"a": 1}
print(x["b"])
#--- no error
x = {"a": 1}
print(x.get("b"))
#--- TypeError
x = {"a": 1}
print(x.get("b") + 1)
#--- no error
x = {"a": 1}
print(x.get("b", 0) + 1)
#--- AttributeError
x = {"a": 1}
print(x.a)
#--- TypeError
x = {"a": 1}
print(x("a"))
#--- TypeError
x = {"a": 1}
print(x["a"]["b"])
#--- no error
x = {"a": {"b": 2}}
print(x["a"]["b"])
#--- IndexError
x = {"a": [1, 2]}
print(x["a"][2])
#--- no error
x = {"a": [1, 2]}
print(x["a"][-1])
#--- SyntaxError
x = {"a" = 1}
#--- SyntaxError
x = {"a": 1, "b"}
#--- no error
x = {"a": 1,
     "b": 2,
}
print(len(x))
#--- no error
x = {"a", 1}
print("a" in x)
#--- KeyError
x = dict()
x["k"] += 1
#--- no error
x = dict()
x["k"] = x.get("k", 0) + 1
print(x)
#--- no error
x = dict(a=1)
for k, v in x.items():
    print(k, v)
#--- AttributeError
x = dict(a=1)
for k, v in x.item():
    print(k, v)
#--- no error
x = dict(a=1)
for k, v in enumerate(x):
    print(k, v)
#--- TypeError
x = dict(a=1)
print(x.keys() + ["b"])
#--- no error
x = dict(a=1)
print(list(x.keys()) + ["b"])
#--- no error
x = (1, 2, 3)
print(x[1], x[-1])
#--- IndexError
x = (1, 2, 3)
print(x[3])
#--- TypeError
x = (1, 2, 3)
x[1] = 5
#--- no error
x = (1, 2, 3)
x += (4,)
print(x)
#--- TypeError
x = (1, 2, 3)
x += 4
#--- AttributeError
x = (1, 2, 3)
x.sort()
#--- no error
x = (1, 2, 3)
print(sorted(x, reverse=True))
#--- TypeError
x = (1, 2, 3)
del x[0]
#--- no error
x = "hello"
print(x[0])
#--- IndexError
x = "hello"
print(x[5])
#--- TypeError
x = "hello"
x[0] = "j"
#--- no error
x = "hello"
print(x.replace("l", "L"))
#--- AttributeError
x = "hello"
print(x.reverse())
#--- no error
x = "hello"
print(x[::-1])
#--- no error
x = "hello"
print(len(x) + 1)
#--- TypeError
x = "hello"
print(len(x) + "1")
#--- no error
x = "hello"
print(x + str(1))
#--- no error
x = "hello"
print(x, 1)
#--- SyntaxError
x = "hello
print(x)
#--- NameError
x = hello
print(x)
#--- SyntaxError
x = 'hello"
print(x)
#--- no error
x = "hello" + 'world'
print(x)
#--- AttributeError
x = "hello", "world"
print(x.upper())
#--- no error
x = "hello world".split()
print(x[1])
#--- AttributeError
x = "hello world".split()
print(x.upper())
#--- IndexError
x = "hello world".split()
print(x[2])
#--- TypeError
x = "1 2 3".split()
print(sum(x))
#--- no error
x = "1 2 3".split()
print(sum(map(int, x)))
#--- ValueError
x = "1 2 three".split()
print(sum(map(int, x)))
#--- no error
x, y = "1 2".split()
print(x + y)
#--- no error
x, y = map(int, "1 2".split())
print(x + y)
#--- ValueError
x, y = map(int, "1 2 3".split())
print(x + y)
#--- ValueError
x, y = map(int, "1,2".split())
print(x + y)
#--- no error
x = input_value = "3"
print(int(x) + int(input_value))
#--- no error
x = float("2.50")
print(f"{x:.1f}")
#--- no error
x = int(3.99)
print(x)
#--- ValueError
x = int("3.99")
print(x)
#--- no error
x = round(2.5)
print(x, round(3.14159, 3))
#--- TypeError
x = round("2.5")
#--- no error
x = abs(-3) + pow(2, 3)
print(x)
#--- TypeError
x = abs("-3")
#--- TypeError
x = max(3, "7")
#--- no error
x = max("apple", "fig", key=len)
print(x)
#--- no error
x = 0.1 + 0.2
print(x == 0.3)
#--- ZeroDivisionError
x = 7 / 0
#--- ZeroDivisionError
x = 7 % 0
#--- ZeroDivisionError
x = 7 // 0.0
#--- no error
x = 0 / 7
print(x)
#--- ZeroDivisionError
x = 10
y = 0
print(x / y)
#--- no error
x = 10
y = 0
if y != 0:
    print(x / y)
else:
    print("cannot divide")
#--- ZeroDivisionError
x = 10
y = 5 - 5
print(x % y)
#--- ZeroDivisionError
x = 10
for y in range(3):
    print(x / y)
#--- no error
x = 10
for y in range(1, 3):
    print(x / y)
#--- ZeroDivisionError
x = 10
for y in [5, 2, 0, 1]:
    print(x // y)
`;
