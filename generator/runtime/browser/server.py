"""What the tests in a browser call. Prints its port, and answers until it is stopped."""

import gzip
import http.server
import json
import time

BUSY = {}


class Handler(http.server.BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def log_message(self, *_):
        pass

    def do_OPTIONS(self):
        self.answer(204, b"")

    def do_GET(self):
        length = int(self.headers.get("content-length") or 0)
        body = self.rfile.read(length).decode()
        path = self.path
        if path == "/echo":
            seen = {name.lower(): value for name, value in self.headers.items()}
            self.answer(200, json.dumps({"method": self.command, "headers": seen, "body": body}).encode())
        elif path.startswith("/busy"):
            BUSY[path] = BUSY.get(path, 0) + 1
            again = [("retry-after", "0")] if BUSY[path] < 3 else []
            self.answer(503 if again else 200, json.dumps({"attempts": BUSY[path]}).encode(), again)
        elif path == "/slow":
            time.sleep(5)
            self.answer(200, b"{}")
        elif path == "/encoded":
            self.answer(200, gzip.compress(b'{"text":"encoded"}'), [("content-encoding", "gzip")])
        elif path == "/away":
            port = self.server.server_port
            self.answer(302, b"", [("location", f"http://localhost:{port}/echo")])
        elif path == "/pieces":
            self.head(200, [("transfer-encoding", "chunked")])
            for piece in [b'{"a":', b"1}"]:
                self.wfile.write(b"%x\r\n%s\r\n" % (len(piece), piece))
                self.wfile.flush()
                time.sleep(0.5)
            self.wfile.write(b"0\r\n\r\n")
        else:
            self.answer(404, b"{}")

    do_POST = do_GET

    def head(self, status, headers):
        self.send_response(status)
        # Any page may call it.
        for name in ["origin", "headers", "methods"]:
            self.send_header(f"access-control-allow-{name}", "*")
        # A star doesn't stand for this one.
        self.send_header("access-control-allow-headers", "authorization, content-type")
        self.send_header("access-control-expose-headers", "retry-after, content-encoding")
        self.send_header("content-type", "application/json")
        for name, value in headers:
            self.send_header(name, value)
        self.end_headers()

    def answer(self, status, body, headers=()):
        self.head(status, [("content-length", str(len(body))), *headers])
        self.wfile.write(body)


server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Handler)
print(server.server_port, flush=True)
server.serve_forever()
