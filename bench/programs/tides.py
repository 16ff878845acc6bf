readings = [
    ("06:00", 1.2),
    ("12:00", 3.8),
    ("18:00", 0.9),
    ("24:00", 3.5),
]


def mean(values):
    return sum(values) / len(values)


def above(readings, level):
    found = []
    for time, height in readings:
        if height > level:
            found.append(height)
    return found


def report(readings, level):
    high = above(readings, level)
    average = mean(high)
    return f"{len(high)} readings above {level}, mean {average:.1f}"


print(report(readings, 3.0))
print(report(readings, 4.0))
