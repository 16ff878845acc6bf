/** Hand-written programs: lists, tuples, slicing, sorting and comprehensions. */
export const seeds = String.raw`
#--- SyntaxError
lst = [1, 2, 3
for x in lst:
    print(x)
#--- SyntaxError
lst = [1; 2; 3]
print(lst)
#--- SyntaxError
lst = [1, 2, 3)
#--- IndexError
copy = [1, 2, 3].copy()
copy.clear()
print(copy[0])
#--- TypeError
list = [1, 2, 3]
other = list(range(3))
#--- TypeError
sum = 0
for n in [1, 2, 3]:
    sum = sum + n
print(sum([4, 5]))
#--- TypeError
str = "hello"
n = 5
print("n is " + str(n))
`;
