"""Numbers that were fitted, not chosen; `python -m tests.benchmarks.fit` prints them anew."""

# What each kind of evidence adds to an entry's score.
WEIGHTS = {
    "prefixes": 0.216,
    "runs": 0.036,
    "words": 0.084,
    "told": 0.0,
    "concepts": 0.209,
    "nearest": 0.657,
    "near": 3.764,
    "nearest-letters": 0.394,
    "near-letters": 4.039,
    "elsewhere": -1.5,
    "named-elsewhere": -1.69,
    "named-only-here": 2.75,
    "redirect": 0.0,
    "context": 0.0,
}

# The chance that the first entry is right, as a logistic function of the features of `confidence`.
CONFIDENCE = {
    "bias": -15.053,
    "score": 4.936,
    "length": -1.281,
    "covered": 0.113,
    "covered-by-length": 2.159,
    "concepts": 0.327,
    "concepts-by-length": -1.011,
    "likeness": 2.562,
    "nearest": -1.689,
    "margin": 3.764,
    "known": 1.043,
    "redirect": 3.455,
    "ours": 0.547,
}
# From here 1 to 2 in 100 of our questions are answered wrongly, and next to none of near and long others.
ANSWER_FROM = 0.85
# Below, 2 in 100 of our questions are refused, and 91 of near and long others.
CHOOSE_FROM = 0.1
