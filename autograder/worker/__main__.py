"""`python -m autograder.worker FD MODULE…`: a warm parent on the inherited socket FD."""

import socket
import sys

from autograder.worker.wire import Channel
from autograder.worker.zygote import run_zygote

if __name__ == "__main__":
    run_zygote(Channel(socket.socket(fileno=int(sys.argv[1]))), sys.argv[2:])
