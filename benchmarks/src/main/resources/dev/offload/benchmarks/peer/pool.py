"""Measures concurrent.futures.ProcessPoolExecutor with two processes, as it is told line by line."""

import collections
import concurrent.futures
import sys
import time


def increment(value):
    return value + 1


def durations(pool, seconds):
    """Nanoseconds of one task after the other."""
    taken = []
    start = time.perf_counter_ns()
    end = start + int(seconds * 1e9)
    while start < end:
        pool.submit(increment, 1).result()
        now = time.perf_counter_ns()
        taken.append(now - start)
        start = now
    return " ".join(map(str, taken))


def rate(pool, seconds, window):
    """Tasks in a second, with so many in flight."""
    pending = collections.deque()
    done = 0
    start = time.perf_counter()
    end = start + seconds
    while time.perf_counter() < end:
        if len(pending) == window:
            pending.popleft().result()
            done += 1
        pending.append(pool.submit(increment, 1))
    while pending:
        pending.popleft().result()
        done += 1
    return done / (time.perf_counter() - start)


if __name__ == "__main__":
    with concurrent.futures.ProcessPoolExecutor(2) as executor:
        for line in sys.stdin:
            words = line.split()
            if words[0] == "durations":
                print(durations(executor, float(words[1])), flush=True)
            else:
                print(rate(executor, float(words[1]), int(words[2])), flush=True)
