"""Regions: boundaries, their labels, and the join of counts to them."""
