"""Tests of focus/pdf/."""
