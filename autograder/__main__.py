"""`python -m autograder`."""

from autograder.commands.cli import main

if __name__ == "__main__":
    main()
