"""`python -m autograder.worker FD MODULE…`: a warm parent on the inherited socket FD."""

import socket
import sys

from autograder.border.wire import Channel
from autograder.worker.warm_parent import run_warm_parent

if __name__ == "__main__":
    run_warm_parent(Channel(socket.socket(fileno=int(sys.argv[1]))), sys.argv[2:])
