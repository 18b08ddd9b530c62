"""`python -m retrotui`: the same as the command `retrotui`. Owns nothing."""

from __future__ import annotations

import sys

from retrotui.cli import main

if __name__ == "__main__":
    sys.exit(main())
