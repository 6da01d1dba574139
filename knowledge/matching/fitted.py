"""Numbers that were fitted, not chosen; `python -m tests.benchmarks.fit` prints them anew."""

# What each kind of evidence adds to an entry's score.
WEIGHTS = {
    "prefixes": 0.124,
    "runs": 0.026,
    "words": 0.107,
    "told": 0.075,
    "concepts": 0.332,
    "nearest": 0.313,
    "near": 2.531,
    "nearest-letters": 0.281,
    "near-letters": 3.404,
    "elsewhere": -1.5,
    "named-elsewhere": -2.5,
    "named-only-here": 1.418,
    "redirect": -0.7,
    "context": 0.0,
}

# The chance that the first entry is right, as a logistic function of the features of `confidence`.
CONFIDENCE = {
    "bias": -11.069,
    "score": 3.664,
    "length": -0.44,
    "covered": 0.379,
    "covered-by-length": 0.977,
    "concepts": 0.57,
    "concepts-by-length": 0.158,
    "likeness": 1.248,
    "nearest": 0.633,
    "margin": 3.019,
    "known": 0.41,
    "redirect": -1.509,
}
ANSWER_FROM = 0.70  # from here 3 in 100 of our questions are answered wrongly, and 4 of near and long others
CHOOSE_FROM = 0.22  # below, 4 in 100 of our questions are refused, and 68 of near and long others
