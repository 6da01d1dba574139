"""A Telegram look-alike on loopback with a web page, so that the whole bot runs without a token.

Speaks Telegram's own language (users, chats, updates) and knows nothing of the bot; the bot reaches it
over HTTP like the real one. Never started when a token is set. May import aiohttp and the standard library.
"""
