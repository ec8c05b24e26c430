"""Which programmes pay for which measures, may pay, and would leave the least to pay."""
