"""Pictures of every state that a page can be in, for whoever looks after how the site looks.

Nothing here loads in a web process: Playwright and its browser are imported when a gallery is built.
"""
