"""The gallery: screenshots of every state of every page, for reviews of the design.

Nothing here loads in a web process: Playwright is imported only when a gallery is built.
"""
