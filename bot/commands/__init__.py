"""The commands of `atrama`, one a module: `add` registers it, a function runs it."""
