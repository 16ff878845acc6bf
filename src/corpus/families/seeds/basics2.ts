/** Hand-written programs: strings, numbers, printing and types, as beginners type them. */
export const seeds = String.raw`
#--- ValueError
email = "user.example.com"
user, domain = email.split("@")
print(user)
`;
