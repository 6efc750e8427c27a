"""The web servers of the lab as one nginx; everything it writes lies in the lab's folder."""

from __future__ import annotations

from pathlib import Path
from typing import Final

from secops.lab.places import (
    PLAIN_BAD,
    PLAIN_GOOD,
    TLS_EXPIRED,
    TLS_GOOD,
    TLS_OLD,
    TLS_WEAK,
    Place,
)

_ANY_SUITE: Final = '"ALL:COMPLEMENTOFALL:@SECLEVEL=0"'
_HEAD: Final = """daemon off;
worker_processes 1;
pid {folder}/nginx.pid;
error_log {folder}/nginx-error.log;
events {{ worker_connections 256; }}
http {{
  access_log off;
  types {{ text/html html; text/plain txt; text/css css; }}
  default_type application/octet-stream;
  charset utf-8;
  client_body_temp_path {folder}/tmp-body; proxy_temp_path {folder}/tmp-proxy;
  fastcgi_temp_path {folder}/tmp-fastcgi; uwsgi_temp_path {folder}/tmp-uwsgi;
  scgi_temp_path {folder}/tmp-scgi;
"""
_SERVERS: Final[dict[Place, str]] = {
    PLAIN_GOOD: f"server_tokens off; return 301 https://$host:{TLS_GOOD.port}$request_uri;",
    PLAIN_BAD: "root {folder}/pages/bad; error_page 404 /error.html;\n"
    "    location /uploads/ {{ autoindex on; }}",
    TLS_GOOD: "root {folder}/pages/good; server_tokens off; error_page 404 /error.html;\n"
    "    ssl_protocols TLSv1.2 TLSv1.3; ssl_ciphers ECDHE+AESGCM;\n"
    '    add_header Strict-Transport-Security "max-age=31536000" always;\n'
    "    add_header Content-Security-Policy \"default-src 'self'\" always;\n"
    "    add_header X-Frame-Options DENY always;\n"
    "    add_header X-Content-Type-Options nosniff always;\n"
    "    add_header Referrer-Policy no-referrer always;\n"
    '    add_header Set-Cookie "JSESSIONID=sample; Path=/; Secure; HttpOnly; SameSite=Lax";',
    TLS_WEAK: "root {folder}/pages/bad; ssl_protocols TLSv1 TLSv1.1 TLSv1.2;\n"
    f"    ssl_ciphers {_ANY_SUITE};\n"
    '    add_header Set-Cookie "JSESSIONID=sample; Path=/";',
    TLS_EXPIRED: "root {folder}/pages/good; ssl_protocols TLSv1.2;",
    TLS_OLD: f"root {{folder}}/pages/good; ssl_protocols TLSv1; ssl_ciphers {_ANY_SUITE};",
}
"""By place; braces of nginx are doubled."""


def write_config(folder: Path, net: int, *, ipv6: bool) -> Path:
    """Write the configuration file."""
    blocks = [_server(folder, place, net, ipv6=ipv6) for place in _SERVERS]
    path = folder / "nginx.conf"
    path.write_text(_HEAD.format(folder=folder) + "".join(blocks) + "}\n", "utf-8")
    return path


def _server(folder: Path, place: Place, net: int, *, ipv6: bool) -> str:
    tls = " ssl" if place.name.startswith("tls-") else ""
    listen = [f"listen {place.host(net)}:{place.port}{tls};"]
    if ipv6:
        listen.append(f"listen [::1]:{place.port}{tls} ipv6only=on;")
    certificate = (
        f"ssl_certificate {folder}/{place.name}.crt; ssl_certificate_key {folder}/{place.name}.key;"
    )
    lines = [*listen, certificate if tls else "", _SERVERS[place].format(folder=folder)]
    return "  server {\n    " + "\n    ".join(line for line in lines if line) + "\n  }\n"
