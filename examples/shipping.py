# Shipping cost by country, in euros.
rates = {"DE": 4.9, "FR": 6.5, "IT": 7.2}
orders = [("Marta", "DE"), ("Jules", "FR"), ("Aoife", "IE")]

for customer, country in orders:
    cost = rates[country]
    print(f"{customer} pays {cost:.2f}")
