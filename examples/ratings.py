class Film:
    def __init__(self, title):
        self.title = title
        self.ratings = []

    def average(self):
        return sum(self.ratings) / len(self.ratings)

film = Film("Metropolis")
print(film.title, film.average())
film.ratings.append(9)
