from dataclasses import dataclass


@dataclass
class Person:
    name: str
    age: int


def oldest(people: list[Person], least: int) -> Person | None:
    found = [person for person in people if person.age >= least]
    return max(found, key=lambda person: person.age, default=None)


print(oldest([Person("Ada", 36), Person("Alan", 41)], 40))
