"""The pipeline to object storage: what should be in the public bucket, and making it so."""
