/** Hand-written programs: dictionaries, sets and counting. */
export const seeds = String.raw`
#--- TypeError
menu = {"tea": 2.5, "coffee": 3}
order = ["tea", "coffee"]
bill = 0
for o in order:
    bill += menu(o)
print(bill)
#--- no error
menu = {"tea": 2.5, "coffee": 3}
print(f"Tea costs {menu["tea"]}")
#--- no error
menu = {"tea": 2.5, "coffee": 3}
print(f"Tea costs {menu['tea']:.2f}")
#--- AttributeError
d = {"a": 1}
d.a = 2
#--- IndexError
d = {'k': [1, 2]}
d['k'].append(3)
print(d['k'][3])
#--- TypeError
d = {'k': None}
print(d['k'][0])
#--- TypeError
d = {'k': None}
for v in d['k']:
    print(v)
`;
