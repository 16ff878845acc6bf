# Measures how deep a tree of folders is.
folders = {"home": ["docs", "music"], "docs": ["home"], "music": []}

def depth(name):
    below = [depth(child) for child in folders[name]]
    return 1 + max(below, default=0)

print("Depth:", depth("home"))
