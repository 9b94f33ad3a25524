"""`make benchmark`, or `python -m benchmarks`: measures, prints a table, and writes it into docs/performance.md."""

from __future__ import annotations

import argparse

from benchmarks.page import PICTURE, measured, reckoned, write_page
from benchmarks.picture import write_picture
from benchmarks.throughput import measure

SIZES = (1, 10, 60, 240)


def main() -> None:
    parser = argparse.ArgumentParser("python -m benchmarks", description=__doc__)
    parser.add_argument(
        "--sizes", default=",".join(map(str, SIZES)), help="of the classes, at least two"
    )
    parser.add_argument("--plain", type=int, default=4, help="how many plain Otter grades")
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--write", action="store_true", help="into docs/performance.md, too")
    arguments = parser.parse_args()
    sizes = [int(size) for size in arguments.sizes.split(",")]
    figures = measure(sizes, arguments.plain, arguments.jobs)
    print("\n".join([*measured(figures), "", *reckoned(figures)]))
    if arguments.write:
        write_page(figures)
        write_picture(figures, PICTURE)


if __name__ == "__main__":
    main()
