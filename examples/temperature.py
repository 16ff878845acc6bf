city = "Lisbon"
print("Weather for " + city)
print("Temperature: " + 21)
