"""Screens of the newsroom: signatories, partners and what opens their door."""
