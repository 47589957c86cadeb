"""The document around the application, and what a browser may do with it."""

STYLES = (  # before our own, which Dash finds by itself
    "/assets/vendor/bootstrap.min.css",
    "/assets/vendor/icons/bootstrap-icons.min.css",
)
ELSEWHERE = r"(bootstrap.*|sign-in)\.css"
POLICY = (
    "default-src 'none'; script-src 'self' {hashes}; style-src 'self' 'unsafe-inline'; "
    "img-src 'self' data: blob:; font-src 'self' data:; connect-src 'self'; "
    "worker-src blob:; manifest-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
INDEX = """<!DOCTYPE html>
<html lang="zh-CN" data-bs-theme="light">
<head>
{%metas%}
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>{%title%}</title>
{%favicon%}
{%css%}
</head>
<body>
{%app_entry%}
<footer hidden>{%config%}{%scripts%}{%renderer%}</footer>
</body>
</html>"""


def in_english(html: str) -> str:
    """The document as said to an English reader."""
    return html.replace('lang="zh-CN"', 'lang="en"', 1)
