"""What promises.md says about speed, measured: `python -m benchmarks`, from the root of the checkout.

Owns the measuring: each figure stands beside its reference, taken in the same run, in turns. Must not be imported by
the program, and holds no rule of it.
"""
