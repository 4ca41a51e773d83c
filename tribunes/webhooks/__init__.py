"""Webhooks: what partners are told of, as it happens (Standard Webhooks 1.0)."""
