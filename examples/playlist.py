# Walks through a playlist and announces what comes next.
songs = ["Blue in Green", "So What", "Naima"]

for i in range(len(songs)):
    print("Now playing:", songs[i])
    print("Up next:", songs[i + 1])
