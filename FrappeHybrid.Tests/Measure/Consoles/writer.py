# Numbered lines at a steady rate, a piece every 10 ms, each with the moment in which it is written.
import os
import sys
import time

piece = int(sys.argv[1]) // 100
number, due = 1, time.time()
while True:
    stamp = int(time.time() * 1000)
    os.write(1, "".join(f"w {stamp} {each}\n" for each in range(number, number + piece)).encode())
    number += piece
    due += 0.01
    rest = due - time.time()
    if rest > 0:
        time.sleep(rest)
