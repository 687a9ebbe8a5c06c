"""The API reference that the product was asked for, to the letter.

Where the reference says "array of objects" and names no fields, readers take the names
that its examples and its own requests use.
"""
