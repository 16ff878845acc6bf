timetable = {
    "north": ["07:10", "09:40", "12:05"],
    "south": ["06:55", "10:20"],
    "west": [],
}


def minutes(clock):
    hours, rest = clock.split(":")
    return int(hours) * 60 + int(rest)


def next_train(line, now):
    for departure in timetable[line]:
        if minutes(departure) >= minutes(now):
            return departure
    return None


def waiting(line, now):
    departure = next_train(line, now)
    if departure is None:
        return 0
    return minutes(departure) - minutes(now)


def longest(now):
    worst = 0
    for line in timetable:
        time = waiting(line, now)
        if time > worst:
            worst = time
    return worst


print(longest("09:00"))
print(waiting("south", "08:00"))
print(next_train("west", "08:00"))
print(waiting("north", "half past nine"))
