"""Exchange: what goes in and out as files, the seed above all."""
