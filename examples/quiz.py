# A quiz with one question.
answer = "Canberra"
guesses = ["Sydney", "Canberra"]

for guess in guesses:
    if guess == answer:
        print("Correct!")
    else:
    print("No, try again.")
