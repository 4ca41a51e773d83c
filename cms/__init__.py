"""The site: pages, people, licences, pictures, and the tools of its editors."""
