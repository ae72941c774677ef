# SPDX-License-Identifier: Apache-2.0
"""Records SIP over TLS: one connection for each cipher suite, and one that updates its keys; with the key log.

    python3 record.py          writes suites.pcapng and suites.keys beside itself

Needs Python's ssl module and the openssl command. The certificate is made for the occasion and
thrown away. Each connection carries an OPTIONS and its 200, whose Call-ID names the suite.
"""
import os, ssl, struct, subprocess, sys, tempfile, threading, socket, time

HERE = os.path.dirname(os.path.abspath(__file__))
NO_ENCRYPT_THEN_MAC = 1 << 19
START = 1_772_445_600_000_000


class Capture:
    """A pcapng file with one Ethernet interface."""

    def __init__(self):
        self.out = bytearray()
        self.packets = bytearray()
        self.now = START

    def segment(self, client, port, outward, sequence, acknowledged, flags, content):
        alice, bob = bytes([192, 0, 2, 1]), bytes([192, 0, 2, 2])
        ends = (alice, bob, port, 5061) if outward else (bob, alice, 5061, port)
        tcp = struct.pack(">HHIIBBHHH", ends[2], ends[3], sequence, acknowledged, 0x50, flags, 65535, 0, 0)
        ip = struct.pack(">BBHHHBBH", 0x45, 0, 40 + len(content), 0, 0, 64, 6, 0) + ends[0] + ends[1]
        frame = bytes([2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1, 8, 0]) + ip + tcp + content
        self.now += 1000
        body = struct.pack("<IIIII", 0, self.now >> 32, self.now & 0xFFFFFFFF, len(frame), len(frame))
        self.packets += block(6, body + frame)

    def file(self):
        out = block(0x0A0D0D0A, struct.pack("<IHHq", 0x1A2B3C4D, 1, 0, -1))
        out += block(1, struct.pack("<HHI", 1, 0, 0))
        return out + bytes(self.packets)


def block(kind, body):
    body += b"\0" * (-len(body) % 4)
    return struct.pack("<II", kind, len(body) + 12) + body + struct.pack("<I", len(body) + 12)


class Connection:
    """The TCP of one connection: cuts what passes into segments."""

    def __init__(self, capture, port):
        self.capture, self.port = capture, port
        self.next = {True: 1000, False: 5000}
        capture.segment(None, port, True, 999, 0, 2, b"")
        capture.segment(None, port, False, 4999, 1000, 0x12, b"")

    def pass_on(self, outward, content):
        for at in range(0, len(content), 1200):
            piece = content[at : at + 1200]
            self.capture.segment(
                None, self.port, outward, self.next[outward], self.next[not outward], 0x18, piece)
            self.next[outward] += len(piece)


def options(call, transport):
    return (
        "OPTIONS sips:bob@example.com SIP/2.0\r\nVia: SIP/2.0/%s 192.0.2.1;branch=z9hG4bK%s\r\n"
        "Max-Forwards: 70\r\nFrom: <sips:alice@example.com>;tag=1\r\nTo: <sips:bob@example.com>\r\n"
        "Call-ID: %s\r\nCSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n" % (transport, call, call)
    ).encode()


def ok(call, transport):
    return (
        "SIP/2.0 200 OK\r\nVia: SIP/2.0/%s 192.0.2.1;branch=z9hG4bK%s\r\n"
        "From: <sips:alice@example.com>;tag=1\r\nTo: <sips:bob@example.com>;tag=2\r\n"
        "Call-ID: %s\r\nCSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n" % (transport, call, call)
    ).encode()


def frame(payload, mask):
    head = bytes([0x81, (0x80 if mask else 0) | 126]) + struct.pack(">H", len(payload))
    if not mask:
        return head + payload
    key = b"\x11\x22\x33\x44"
    return head + key + bytes(b ^ key[i & 3] for i, b in enumerate(payload))


def contexts(folder, keys, version, ciphers="", flags=0):
    client, server = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT), ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    client.check_hostname = False
    client.verify_mode = ssl.CERT_NONE
    server.load_cert_chain(folder + "/cert.pem", folder + "/key.pem")
    for context in (client, server):
        context.minimum_version = context.maximum_version = version
        context.options |= flags
        if ciphers:
            context.set_ciphers(ciphers)
    client.keylog_filename = keys
    client.set_alpn_protocols(["sip/2"])
    server.set_alpn_protocols(["sip/2"])
    return client, server


def talk(connection, client_context, server_context, sent, answered, session=None):
    to_server, to_client = ssl.MemoryBIO(), ssl.MemoryBIO()
    client = client_context.wrap_bio(to_client, to_server, server_hostname="sip.example.com", session=session)
    server = server_context.wrap_bio(to_server_in := ssl.MemoryBIO(), to_client_out := ssl.MemoryBIO(), server_side=True)

    def move():
        data = to_server.read()
        if data:
            connection.pass_on(True, data)
            to_server_in.write(data)
        data = to_client_out.read()
        if data:
            connection.pass_on(False, data)
            to_client.write(data)

    done = {client: False, server: False}
    while not all(done.values()):
        for side in (client, server):
            if not done[side]:
                try:
                    side.do_handshake()
                    done[side] = True
                except ssl.SSLWantReadError:
                    pass
            move()
    for pair in zip(sent, answered):
        for out, other, message in zip((client, server), (server, client), pair):
            out.write(message)
            move()
            other.read(65536)
            move()
    used = (client.cipher()[0], client.session_reused), client.session
    for side in (client, server):
        try:
            side.unwrap()
        except ssl.SSLError:
            pass
        move()
    return used


def suite13(name):
    """Child process: OpenSSL takes the suites of TLS 1.3 from its configuration."""
    path = tempfile.mktemp(suffix=".cnf")
    with open(path, "w") as out:
        out.write("openssl_conf=a\n[a]\nssl_conf=b\n[b]\nsystem_default=c\n[c]\nCiphersuites=%s\n" % name)
    return path


def key_update(folder, keys, capture, port):
    """With the openssl command, which can be told to update its keys, through a relay."""
    listen = socket.create_server(("127.0.0.1", 0))
    free = socket.create_server(("127.0.0.1", 0))
    target = free.getsockname()[1]
    free.close()
    server = subprocess.Popen(
        ["openssl", "s_server", "-accept", "127.0.0.1:%d" % target, "-cert", folder + "/cert.pem", "-key",
         folder + "/key.pem", "-quiet", "-tls1_3"],
        stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    time.sleep(0.5)
    client = subprocess.Popen(
        ["openssl", "s_client", "-connect", "127.0.0.1:%d" % listen.getsockname()[1], "-keylogfile", keys, "-tls1_3"],
        stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    inner, _ = listen.accept()
    outer = socket.create_connection(("127.0.0.1", target))
    connection, lock = Connection(capture, port), threading.Lock()

    def relay(source, sink, outward):
        while True:
            try:
                data = source.recv(65536)
            except OSError:
                return
            if not data:
                return
            with lock:
                connection.pass_on(outward, data)
            sink.sendall(data)

    for arguments in ((inner, outer, True), (outer, inner, False)):
        threading.Thread(target=relay, args=arguments, daemon=True).start()
    time.sleep(0.5)
    for line in (options("before-update", "TLS"), b"K\n", options("after-update", "TLS"), b"k\n",
                 options("after-second-update", "TLS")):
        client.stdin.write(line)
        client.stdin.flush()
        time.sleep(0.3)
    server.stdin.write(ok("after-update", "TLS"))
    server.stdin.flush()
    time.sleep(0.3)
    for process in (client, server):
        process.terminate()
        process.wait()


def child(folder, keys, out, index, suite):
    client, server = contexts(folder, keys, ssl.TLSVersion.TLSv1_3)
    capture = Capture()
    capture.now += index * 1_000_000
    call = suite.lower().replace("_", "-")
    print(talk(Connection(capture, 41000 + index), client, server, [options(call, "TLS")], [ok(call, "TLS")])[0])
    with open(out, "wb") as file:
        file.write(capture.packets)


def main():
    folder = tempfile.mkdtemp()
    keys, out = folder + "/keys", folder + "/out"
    subprocess.run(
        ["openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes",
         "-keyout", folder + "/key.pem", "-out", folder + "/cert.pem", "-subj", "/CN=sip.example.com", "-days", "2"],
        check=True, stderr=subprocess.DEVNULL)
    capture = Capture()
    for index, suite in enumerate(
            ["TLS_AES_128_GCM_SHA256", "TLS_AES_256_GCM_SHA384", "TLS_CHACHA20_POLY1305_SHA256"]):
        environment = dict(os.environ, OPENSSL_CONF=suite13(suite))
        subprocess.run(
            [sys.executable, __file__, folder, keys, out, str(index), suite], env=environment, check=True)
        capture.packets += open(out, "rb").read()
    capture.now += 10_000_000
    old = ssl.TLSVersion.TLSv1_2
    port = 42000
    for flags, suffix in ((0, ""), (NO_ENCRYPT_THEN_MAC, "-mac-inside")):
        for suite in ["AES128-GCM-SHA256", "AES256-GCM-SHA384", "CHACHA20-POLY1305", "AES128-SHA", "AES256-SHA",
                      "AES128-SHA256", "AES256-SHA384"]:
            if suffix and ("GCM" in suite or "CHACHA" in suite):
                continue
            port += 1
            client, server = contexts(folder, keys, old, "ECDHE-ECDSA-" + suite + ":@SECLEVEL=0", flags)
            call = suite.lower() + suffix
            print(talk(Connection(capture, port), client, server, [options(call, "TLS")], [ok(call, "TLS")])[0])
    for version, flags, name in ((old, 0, "by-ticket"), (old, ssl.OP_NO_TICKET, "by-id"), (ssl.TLSVersion.TLSv1_3, 0, "by-key")):
        client, server = contexts(folder, keys, version, "", flags)
        session = None
        for call in ("first-" + name, "resumed-" + name):
            port += 1
            used, session = talk(
                Connection(capture, port), client, server, [options(call, "TLS")], [ok(call, "TLS")], session)
            print(used)
    client, server = contexts(folder, keys, ssl.TLSVersion.TLSv1_3)
    ask = b"GET /ws HTTP/1.1\r\nHost: sip.example.com\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" \
          b"Sec-WebSocket-Protocol: sip\r\nSec-WebSocket-Version: 13\r\n\r\n"
    agree = b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n" \
            b"Sec-WebSocket-Protocol: sip\r\n\r\n"
    print(talk(Connection(capture, port + 1), client, server, [ask, frame(options("websocket", "WSS"), True)],
               [agree, frame(ok("websocket", "WSS"), False)])[0])
    key_update(folder, keys, capture, port + 2)
    secrets = open(keys, "rb").read()
    with open(HERE + "/suites.pcapng", "wb") as file:
        file.write(capture.file())
    with open(HERE + "/suites.keys", "wb") as file:
        file.write(secrets)


if len(sys.argv) > 1:
    child(sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4]), sys.argv[5])
else:
    main()
