"""The form of what the API takes and gives, from which the OpenAPI document is made."""
