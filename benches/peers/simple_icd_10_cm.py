#!/usr/bin/env python3
"""Measures the Python package simple_icd_10_cm beside superbill, in one run, and prints a table.

Installs nothing. Run it with a Python that has the package, from anywhere within the repository.
"""

import importlib.util
import json
import pathlib
import random
import statistics
import subprocess
import sys
import time

NEEDED = "python3 -m pip install simple-icd-10-cm==1.5.0"
HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
# This file has the name of the package, which must be found before it.
sys.path = [folder for folder in sys.path if pathlib.Path(folder).resolve() != HERE]
CALLS = ["is_valid_item", "get_description", "get_ancestors", "get_excludes1"]
CODES = 5_000
LONG_ENOUGH = 1.0  # seconds a call is repeated

CHILD = """
import sys, time
begin = time.perf_counter()
if sys.argv[1] == "with": import simple_icd_10_cm
taken = time.perf_counter() - begin
status = open("/proc/self/status").read()
resident = next((line.split()[1] for line in status.splitlines() if line.startswith("VmRSS:")), "0")
print(taken, resident)
"""


def start(which):
    """Seconds to import, and resident KiB afterwards, in a process of its own: the median of five."""
    runs = []
    for _ in range(5):
        command = [sys.executable, "-c", CHILD, which]
        out = subprocess.run(command, cwd=ROOT, check=True, capture_output=True, text=True).stdout
        taken, resident = out.split()
        runs.append((float(taken), int(resident)))
    return tuple(statistics.median(column) for column in zip(*runs))


def questions(package):
    """Codes at random, headers included, and one in five that does not exist; the same in every run."""
    codes = [code for code in package.get_all_codes() if package.is_category_or_subcategory(code)]
    draw = random.Random(1)
    asked = draw.sample(codes, CODES * 4 // 5)
    while len(asked) < CODES:
        code = draw.choice(codes)
        place = draw.randrange(1, len(code))
        other = code[:place] + draw.choice("0123456789XZ") + code[place + 1 :]
        if other[place - 1] != "." and code[place] != "." and not package.is_valid_item(other):
            asked.append(other)
    draw.shuffle(asked)
    return asked


def measure(package, name, asked):
    """Nanoseconds a call, and the sum of what came."""
    function = getattr(package, name)
    # What does not exist raises an error there; a caller asks first.
    valid = set(code for code in asked if package.is_valid_item(code))
    if name != "is_valid_item":
        asked = [code for code in asked if code in valid]
    total, passes, begin = 0, 0, time.perf_counter()
    while passes == 0 or time.perf_counter() - begin < LONG_ENOUGH:
        for code in asked:
            function(code)
        passes += 1
    nanoseconds = (time.perf_counter() - begin) * 1e9 / (passes * len(asked))
    for code in asked:
        answer = function(code)
        total += len(answer) if name != "is_valid_item" else int(answer)
    return nanoseconds, total, asked


def superbill(asked):
    """The same of superbill."""
    command = ["cargo", "run", "--quiet", "--release", "-p", "superbill-benches", "--bin", "calls"]
    out = subprocess.run(
        command, cwd=ROOT, input="\n".join(asked), check=True, stdout=subprocess.PIPE, text=True
    ).stdout
    return {row["call"]: row for row in map(json.loads, out.splitlines())}


def shown(nanoseconds):
    """A time in a unit that fits."""
    for limit, divisor, unit in [(1e3, 1, "ns"), (1e6, 1e3, "µs"), (1e9, 1e6, "ms")]:
        if nanoseconds < limit:
            return f"{nanoseconds / divisor:.3g} {unit}"
    return f"{nanoseconds / 1e9:.3g} s"


def main():
    if importlib.util.find_spec("simple_icd_10_cm") is None:
        sys.exit(f"the package is not there: {NEEDED}")
    (taken, resident), (_, bare) = start("with"), start("without")
    import simple_icd_10_cm as package

    asked = questions(package)
    rows, ours = [], None
    for name in CALLS:
        theirs, total, codes = measure(package, name, asked)
        answers = superbill(codes)
        ours = ours or answers
        mine = answers[name]
        rows.append((name, shown(theirs), shown(mine["ns"]), theirs / mine["ns"], total, mine["sum"]))
    rows.insert(0, ("import, first answer", shown(taken * 1e9), shown(ours["start"]["ns"]), None, None, None))
    mib = ours["resident"]["kib"] / 1024
    rows.insert(1, ("resident memory", f"{resident / 1024:.0f} MiB", f"{mib:.1f} MiB", resident / 1024 / mib, None, None))
    print(f"| {CODES} codes of 2026-04-01, one in five not one | simple_icd_10_cm | superbill | times | came |")
    print("|---|---|---|---|---|")
    for name, theirs, mine, ratio, total, own in rows:
        times = "" if ratio is None else f"{ratio:.3g}"
        came = "" if total is None else (f"{total} both" if total == own else f"{total}, {own}")
        print(f"| {name} | {theirs} | {mine} | {times} | {came} |")
    print(f"\nA bare interpreter has {bare / 1024:.0f} MiB. Python {sys.version.split()[0]}.")


if __name__ == "__main__":
    main()
