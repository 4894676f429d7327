"""Pictures of the town's figures, each with a table that says the same; data in, markup out."""
