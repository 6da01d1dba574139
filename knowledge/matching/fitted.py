"""Numbers that were fitted, not chosen; `python -m tests.benchmarks.fit` prints them anew."""

# What each kind of evidence adds to an entry's score.
WEIGHTS = {
    "prefixes": 0.221,
    "runs": 0.036,
    "words": 0.08,
    "told": 0.0,
    "concepts": 0.207,
    "nearest": 0.393,
    "near": 4.135,
    "nearest-letters": 0.681,
    "near-letters": 3.601,
    "elsewhere": -1.5,
    "named-elsewhere": -1.619,
    "named-only-here": 2.797,
    "redirect": 0.0,
    "context": 0.0,
}

# The chance that the first entry is right, as a logistic function of the features of `confidence`.
CONFIDENCE = {
    "bias": -14.841,
    "score": 5.178,
    "length": -1.538,
    "covered": -0.08,
    "covered-by-length": 2.238,
    "concepts": -0.109,
    "concepts-by-length": -0.997,
    "likeness": 2.582,
    "nearest": -1.715,
    "margin": 3.958,
    "known": 0.925,
    "ours": 0.513,
}
# From here 2 in 100 of our questions are answered wrongly, and 1 of near and long others.
ANSWER_FROM = 0.8
# Below, 4 in 100 of our questions are refused, and 93 of near and long others.
CHOOSE_FROM = 0.15
