"""The policy: what managers set about asking, approving, hiding and keeping, with all that it was before."""
