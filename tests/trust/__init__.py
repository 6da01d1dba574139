"""The promises: nothing lost, nothing doubled, one owner, no leak; each harness fails on a broken variant."""
