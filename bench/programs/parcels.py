weights = [1.5, 0.4, 12.0]
limit = "10"
for weight in weights:
    if weight > limit:
        print("too heavy:", weight)
