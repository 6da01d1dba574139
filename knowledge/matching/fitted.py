"""Numbers that were fitted, not chosen; `python -m tests.benchmarks.fit` prints them anew."""

# What each kind of evidence adds to an entry's score.
WEIGHTS = {
    "prefixes": 0.22,
    "runs": 0.036,
    "words": 0.081,
    "told": 0.0,
    "concepts": 0.207,
    "nearest": 0.48,
    "near": 4.023,
    "nearest-letters": 0.592,
    "near-letters": 3.723,
    "elsewhere": -1.5,
    "named-elsewhere": -1.628,
    "named-only-here": 2.791,
    "redirect": 0.0,
    "context": 0.0,
}

# The chance that the first entry is right, as a logistic function of the features of `confidence`.
CONFIDENCE = {
    "bias": -14.757,
    "score": 5.188,
    "length": -1.542,
    "covered": 0.014,
    "covered-by-length": 2.221,
    "concepts": -0.179,
    "concepts-by-length": -0.983,
    "likeness": 2.374,
    "nearest": -1.656,
    "margin": 3.872,
    "known": 0.923,
    "ours": 0.516,
}
# From here 2 in 100 of our questions are answered wrongly, and 1 of near and long others.
ANSWER_FROM = 0.8
# Below, 4 in 100 of our questions are refused, and 93 of near and long others.
CHOOSE_FROM = 0.15
