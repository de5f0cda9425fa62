"""`python -m optisim`."""

import sys

from optisim.cli import main

sys.exit(main())
