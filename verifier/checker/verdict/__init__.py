"""The verdict on a claim: supported, contradicted or not found."""
