"""`./traff bench`: how fast Träff is, over organisations that are made up here. See bench/README.md."""
