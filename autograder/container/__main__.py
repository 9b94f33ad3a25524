import sys

from autograder.container.start import main

sys.exit(main())
