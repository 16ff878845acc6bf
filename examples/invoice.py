# Adds tax to an order and prints the bill.
order = {"notebook": 3.50, "pencil": 0.80, "ruler": 1.20}
tax = 0.21

subtotal = sum(order.values())
total = round(subtotal * (1 + tax), 2
print("Items:", len(order))
print("To pay:", total)
