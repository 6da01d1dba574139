"""Numbers that were fitted, not chosen; `python -m tests.benchmarks.fit` prints them anew."""

# What each kind of evidence adds to an entry's score.
WEIGHTS = {
    "prefixes": 0.221,
    "runs": 0.036,
    "words": 0.08,
    "told": 0.0,
    "concepts": 0.207,
    "nearest": 0.355,
    "near": 4.185,
    "nearest-letters": 0.719,
    "near-letters": 3.548,
    "elsewhere": -1.5,
    "named-elsewhere": -1.618,
    "named-only-here": 2.799,
    "redirect": 0.0,
    "context": 0.0,
}

# The chance that the first entry is right, as a logistic function of the features of `confidence`.
CONFIDENCE = {
    "bias": -14.831,
    "score": 5.174,
    "length": -1.534,
    "covered": -0.063,
    "covered-by-length": 2.214,
    "concepts": -0.113,
    "concepts-by-length": -0.97,
    "likeness": 2.556,
    "nearest": -1.711,
    "margin": 3.939,
    "known": 0.936,
    "ours": 0.513,
}
# From here 2 in 100 of our questions are answered wrongly, and 1 of near and long others.
ANSWER_FROM = 0.8
# Below, 4 in 100 of our questions are refused, and 93 of near and long others.
CHOOSE_FROM = 0.15
