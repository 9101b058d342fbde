"""Measuring the product's own calls on material with known answers, each ranking made from what stood before it."""
