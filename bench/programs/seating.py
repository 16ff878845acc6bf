rows = 4
seats = 6
plan = []
for row in range(rows):
    line = []
    for seat in range(seats):
        line.append(f"{row}-{seat}")
    plan.append(line)

taken = plan[rows][0]
print(taken)
