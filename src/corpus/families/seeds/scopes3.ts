/** Hand-written programs: local and global names, layout slips, typing slips. */
export const seeds = String.raw`
#--- SyntaxError
print("a" b)
#--- SyntaxError
print(1 2)
#--- SyntaxError
print((1 + 2) * 3))
#--- SyntaxError
print(((1 + 2) * 3)
#--- SyntaxError
print(f"{x")
#--- SyntaxError
print(f"{}")
#--- no error
x = 3
print(f"{x}")
print(f"{x!r} {x:>5}|")
#--- NameError
x = 3
print(f"{y}")
#--- no error
x = 3
print("{x}")
#--- ValueError
x = "3"
print(f"{x:d}")
#--- no error
x = 3
print(f"{x:d} {x:.3f} {x:05}")
#--- SyntaxError
print("a" + )
#--- no error
x = + 5
print(x)
#--- SyntaxError
x = * 5
#--- SyntaxError
x = 5 +
#--- SyntaxError
x =
#--- no error
x = 3;
y = 4;
print(x, y)
#--- SyntaxError
int x = 5
#--- SyntaxError
var x = 5
#--- SyntaxError
x := 5
#--- no error
if (n := len("abc")) > 2:
    print(n)
#--- SyntaxError
x = 5 // this is a comment
#--- SyntaxError
/* comment */
x = 1
#--- no error
# just a comment
#--- no error
pass
#--- no error
...
#--- no error
"""docstring only"""
#--- SyntaxError
do:
    x = 1
while x < 5
#--- SyntaxError
switch x:
    case 1:
        print("one")
#--- no error
x = 1
match x:
    case 1:
        print("one")
    case _:
        print("other")
#--- SyntaxError
x = 1
if x == 1 {
    print("one")
}
#--- SyntaxError
if x == 1 then:
    print("one")
#--- SyntaxError
x = 5
if x > 3 && x < 10:
    print("between")
#--- no error
x = 5
if x > 3 and x < 10:
    print("between")
#--- no error
x = 5
if 3 < x < 10:
    print("between")
#--- SyntaxError
x = 5
if x > 3 and < 10:
    print("between")
#--- no error
x = 5
if not x == 5:
    print("no")
#--- SyntaxError
x = 5
if !(x == 5):
    print("no")
#--- SyntaxError
x = 5
if x <> 5:
    print("no")
#--- SyntaxError
x = 5
if x =! 5:
    print("no")
#--- SyntaxError
x = 5
if x => 5:
    print("yes")
#--- no error
x = 5
if x == 5 or 6:
    print("yes")
#--- no error
x = 5
x =+ 1
print(x)
#--- no error
x = 5
++x
print(x)
#--- SyntaxError
def f(x, x):
    return x
#--- SyntaxError
def f(1):
    return 1
#--- SyntaxError
def f("name"):
    print(name)
#--- SyntaxError
def (x):
    return x
#--- no error
def f(x) -> int:
    return x * 2
print(f(2))
#--- IndentationError
def f(x): int
    return x * 2
#--- SyntaxError
function f(x):
    return x
#--- SyntaxError
def f{x}:
    return x
#--- SyntaxError
define f(x):
    return x
#--- SyntaxError
f(x=1, 2)
#--- SyntaxError
print("a", sep="-", "b")
#--- no error
print("a", "b", sep="-", end="!\n")
#--- TypeError
print("a", seperator="-")
#--- NameError
del undefined_name
#--- NameError
x = [1, 2, 3]
del x
print(x)
#--- no error
exec("y = 5")
print(y)
#--- SyntaxError
eval("1 +")
#--- no error
print(eval("2 * 3"))
#--- NameError
eval("foo")
#--- no error
async def f():
    return 1
print(f.__name__)
#--- SyntaxError
await f()
#--- SyntaxError
yield 5
#--- no error
print(__name__ == "__main__")
#--- NameError
if __name__ == "__main__":
    main()
#--- no error
def main():
    print("hi")
if __name__ == "__main__":
    main()
#--- SyntaxError
def main():
    print("hi")
if __name__ = "__main__":
    main()
#--- NameError
def main():
    print("hi")
if name == "__main__":
    main()
`;
