"""
The standard forms that several field kinds share: clean text, exact amounts, days and moments.

Pure functions over what JSON and spreadsheet cells hold. They know no field and no settings; what
cannot be read is None, and the kind that asked says so in its own words.
"""
