# Scales a recipe, whatever the cook typed for the servings.
flour = 250

for servings in ["4", "six", "0", "2"]:
    try:
        print(servings, "servings:", flour / int(servings) * 4)
    except (ValueError, ZeroDivisionError) as problem:
        print("Skipping", servings, "-", problem)
print("Flour per batch: " + str(flour) + " g")
