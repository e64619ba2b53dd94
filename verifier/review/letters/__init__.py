"""Letters to authors: what is asked, the letter it makes, and the forms in which an editor sends it."""
