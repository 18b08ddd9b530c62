"""retrotui runs a sales team's reflection meeting in a terminal. This file owns the version and nothing else."""

__version__ = "0.1.0"
