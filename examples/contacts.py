# Looks people up in an address book.
contacts = {"Nadia": "nadia@example.org", "Piotr": "piotr@example.org"}

def find_email(name):
    for person, email in contacts.items():
        if person == name:
            return email

for name in ["Piotr", "Hana"]:
    print(name, "->", find_email(name).lower())
