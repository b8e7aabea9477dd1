"""Things that several commands print."""
import os
import sys
import time

FRAMES = 335


def pace():
    """How much slower (or faster) than the lab's usual speed long work is shown: BENCH_LAB_PACE=0 doesn't wait at all."""
    return float(os.environ.get("BENCH_LAB_PACE", "1"))


def progress_bar(label, steps, seconds):
    """Shows `steps` frames, each after doing one of `steps`; the whole takes at least `seconds`.

    Every frame starts with a carriage return, with or without a terminal."""
    began = time.monotonic()
    total = len(steps)
    width = bar_width()
    for number, step in enumerate(steps, start=1):
        if step:
            step()
        filled = number * width // total
        sys.stdout.write(f"\r{label:<36}: [{'=' * filled:<{width}}] {number * 100 // total}%")
        sys.stdout.flush()
        wait = began + seconds * pace() * number / total - time.monotonic()
        if wait > 0:
            time.sleep(wait)
    sys.stdout.write("\n")
    sys.stdout.flush()


def bar_width():
    try:
        return 40 if os.get_terminal_size().columns > 80 else 20
    except OSError:
        return 40


def table(head, rows):
    """A table of text with a rule above, below and under its head."""
    cells = [[str(cell) for cell in row] for row in [head, *rows]]
    widths = [max(len(row[column]) for row in cells) for column in range(len(head))]
    rule = "+" + "+".join("-" * (width + 2) for width in widths) + "+"
    lines = ["| " + " | ".join(cell.ljust(width) for cell, width in zip(row, widths)) + " |" for row in cells]
    return "\n".join([rule, lines[0], rule, *lines[1:], rule])


def size_text(size):
    for unit in ("B", "KiB", "MiB", "GiB"):
        if size < 1024 or unit == "GiB":
            return f"{size:.1f}{unit}"
        size /= 1024
