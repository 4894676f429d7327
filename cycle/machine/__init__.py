"""The two machines of the house: where a measure and a round stand, and what moves them."""
