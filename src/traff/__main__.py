"""The command `traff`: what the launcher passes on to, and the console script of an installed package."""

import sys

from traff.config.commands import run_command


def main() -> None:
    sys.exit(run_command(sys.argv[1:]))


if __name__ == "__main__":
    main()
