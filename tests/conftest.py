"""Hypothesis profiles. `HYPOTHESIS_PROFILE=soak` looks further than the tests of every day.

`ci` is derandomized, so that a change passes or fails for what it does and not by luck; `soak`
draws new examples each time and prints how to repeat one that fails.
"""

import os

from hypothesis import settings

settings.register_profile("ci", max_examples=12, deadline=None, derandomize=True, print_blob=True)
settings.register_profile("soak", max_examples=5_000, deadline=None, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "ci"))
