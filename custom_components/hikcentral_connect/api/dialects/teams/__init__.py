"""What live servers speak: Hik-Connect for Teams OpenAPI, guide V2.15."""
