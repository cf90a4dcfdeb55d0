"""Answers on paper: the printed form of a published version, and typing in what people wrote on it.

The form and the typing page are drawn from one `Sheet`, so numbers, references and codes are the same on both. A form
carries no name, no serial number and nothing that tells two copies apart.
"""
