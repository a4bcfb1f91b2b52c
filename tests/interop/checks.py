"""Counts what a script checked, and ends it with `N passed, N failed, N skipped` and an exit code.

Invariant: a check that throws has failed; nothing is passed over in silence.
"""

import sys


class Checks:
    def __init__(self):
        self.passed = 0
        self.failed = 0
        self.skipped = 0

    def run(self, title, check):
        """Runs a check; returns what it returned, or None when it failed."""
        try:
            result = check()
        except Exception as error:  # whatever it is, it is a failed check
            self.failed += 1
            print(f"failed: {title}: {type(error).__name__}: {error}", file=sys.stderr)
            return None
        self.passed += 1
        return result

    def equal(self, title, found, expected):
        def check():
            if found != expected:
                raise AssertionError(f"expected {expected!r}, found {found!r}")

        self.run(title, check)

    def skip(self, title, why):
        self.skipped += 1
        print(f"skipped: {title}: {why}", file=sys.stderr)

    def end(self):
        print(f"{self.passed} passed, {self.failed} failed, {self.skipped} skipped")
        sys.exit(0 if self.failed == 0 and self.passed > 0 else 1)
