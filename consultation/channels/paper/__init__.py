"""Paper forms: printing the form of a published version, and typing completed forms in.

The printed form and the typing page come from one `Sheet`, so numbers, references and codes are the same on both. A
form has no name, serial number or other mark that distinguishes two copies.
"""
