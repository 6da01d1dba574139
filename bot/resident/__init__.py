"""The resident's side: one router a module, each made by `setup()`. A handler: receive, one call, show.

May import `bot.views`, `bot.visit`, `knowledge` and `referrals` without its storage.
"""
