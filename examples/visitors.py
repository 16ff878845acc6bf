# Counts the visitors of a museum.
visitors = 0

def welcome(group_size):
    visitors += group_size
    return f"Welcome! You are among {visitors} visitors today."

for group in (2, 5, 1):
    print(welcome(group))
