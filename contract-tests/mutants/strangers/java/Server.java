import java.io.*;
import java.math.*;
import java.net.*;
import java.nio.*;
import java.nio.charset.*;
import java.security.*;
import java.text.Normalizer;
import java.time.*;
import java.time.format.*;
import java.util.*;
import java.util.concurrent.*;
import java.util.concurrent.atomic.*;
import java.util.zip.*;
import javax.xml.parsers.*;
import org.w3c.dom.*;
import org.xml.sax.*;

/** The Inboxes backend: java Server.java --port 0 --variant plain */

public class Server {
    static String variant = "plain";
    static String origin = "";
    static final String BASE = "/v2";
    static final String KEY = "special-key";
    static final long SAFE = 9007199254740991L;
    static final int MAX_BODY = 10 * 1024 * 1024;

    static boolean is(String id) { return variant.equals(id); }

    public static void main(String[] args) throws Exception {
        int port = 0;
        for (int i = 0; i + 1 < args.length; i++) {
            if (args[i].equals("--port")) port = Integer.parseInt(args[i + 1]);
            if (args[i].equals("--variant")) variant = args[i + 1];
        }
        ServerSocket ss = new ServerSocket();
        ss.setReuseAddress(true);
        ss.bind(new InetSocketAddress("127.0.0.1", port), 256);
        origin = "http://127.0.0.1:" + ss.getLocalPort();
        Store.seed();
        Jobs.start();
        ExecutorService pool = Executors.newCachedThreadPool(r -> {
            Thread t = new Thread(r, "conn");
            t.setDaemon(true);
            return t;
        });
        System.out.println("listening on " + origin + BASE);
        System.out.flush();
        while (true) {
            Socket s = ss.accept();
            pool.execute(() -> Http.serve(s));
        }
    }

    static void pause(long ms) {
        try { Thread.sleep(ms); } catch (InterruptedException e) { Thread.currentThread().interrupt(); }
    }
}

/** A refusal: becomes a problem document. */
class Refusal extends RuntimeException {
    final int status;
    final String allow;
    Refusal(int status, String detail) { this(status, detail, null); }
    Refusal(int status, String detail, String allow) {
        super(detail, null, false, false);
        this.status = status;
        this.allow = allow;
    }
}

/** Something in a body or parameter does not fit its schema. */
class Bad extends RuntimeException {
    Bad(String detail) { super(detail, null, false, false); }
}

// ------------------------------------------------------------------------------------------------ HTTP

class Request {
    String method, target, path, query, version = "HTTP/1.1";
    final LinkedHashMap<String, List<String>> headers = new LinkedHashMap<>();
    byte[] body = new byte[0];
    boolean tooLarge, mustClose, chunked;
    String op = "";

    /** All values of a list header, joined. */
    String h(String name) {
        List<String> v = headers.get(name);
        return v == null ? null : String.join(", ", v);
    }
    String first(String name) {
        List<String> v = headers.get(name);
        return v == null ? null : v.get(0);
    }
}

class Response {
    int status;
    final LinkedHashMap<String, List<String>> headers = new LinkedHashMap<>();
    byte[] body = new byte[0];
    String text;

    Response(int status) { this.status = status; }
    Response set(String name, String value) {
        headers.put(name, new ArrayList<>(List.of(value)));
        return this;
    }
    Response add(String name, String value) {
        headers.computeIfAbsent(name, k -> new ArrayList<>()).add(value);
        return this;
    }
    Response body(String type, String text) {
        this.text = text;
        body = text.getBytes(StandardCharsets.UTF_8);
        return set("Content-Type", type);
    }
}

class Http {
    static final Map<Integer, String> REASONS = new HashMap<>();
    static {
        String[] r = {"200 OK", "201 Created", "202 Accepted", "204 No Content", "302 Found", "400 Bad Request", "401 Unauthorized",
            "403 Forbidden", "404 Not Found", "405 Method Not Allowed", "406 Not Acceptable", "409 Conflict", "413 Content Too Large",
            "414 URI Too Long", "415 Unsupported Media Type", "422 Unprocessable Content", "429 Too Many Requests",
            "431 Request Header Fields Too Large", "500 Internal Server Error", "501 Not Implemented", "503 Service Unavailable",
            "505 HTTP Version Not Supported"};
        for (String s : r) REASONS.put(Integer.parseInt(s.substring(0, 3)), s.substring(4));
    }
    static final DateTimeFormatter RFC1123 =
        DateTimeFormatter.ofPattern("EEE, dd MMM yyyy HH:mm:ss 'GMT'", Locale.ENGLISH).withZone(ZoneOffset.UTC);

    static void serve(Socket s) {
        try (s) {
            s.setTcpNoDelay(true);
            s.setSoTimeout(65000);
            InputStream in = new BufferedInputStream(s.getInputStream(), 16384);
            OutputStream out = new BufferedOutputStream(s.getOutputStream(), 16384);
            while (true) {
                Request q = null;
                Response r;
                boolean broken = false;
                try {
                    q = read(in, out);
                    if (q == null) return;
                    r = Api.handle(q);
                } catch (Refusal e) {
                    broken = true;
                    r = Api.problem(e.status, e.getMessage());
                }
                boolean keep = !broken && !q.mustClose && keepAlive(q);
                boolean stays = write(out, q, r, keep);
                if (!stays) {
                    linger(s, in);
                    return;
                }
            }
        } catch (IOException e) {
            // the client went away
        } catch (Throwable e) {
            // nothing that can be answered any more
        }
    }

    static void linger(Socket s, InputStream in) {
        try {
            s.shutdownOutput();
            s.setSoTimeout(500);
            byte[] b = new byte[16384];
            long until = System.nanoTime() + 2_000_000_000L;
            while (System.nanoTime() < until && in.read(b) >= 0) { }
        } catch (IOException e) {
            // enough
        }
    }

    static boolean keepAlive(Request q) {
        String c = q.h("connection");
        String t = c == null ? "" : c.toLowerCase(Locale.ROOT);
        boolean close = false, keep = false;
        for (String x : t.split(",")) {
            if (x.trim().equals("close")) close = true;
            if (x.trim().equals("keep-alive")) keep = true;
        }
        if (close) return false;
        return !q.version.equals("HTTP/1.0") || keep;
    }

    static String line(InputStream in, int max) throws IOException {
        ByteArrayOutputStream b = new ByteArrayOutputStream(128);
        int c;
        while ((c = in.read()) >= 0) {
            if (c == '\n') {
                byte[] x = b.toByteArray();
                int n = x.length;
                if (n > 0 && x[n - 1] == '\r') n--;
                return new String(x, 0, n, StandardCharsets.ISO_8859_1);
            }
            b.write(c);
            if (b.size() > max) throw new Refusal(max > 20000 ? 431 : 414, "A line is too long.");
        }
        if (b.size() == 0) return null;
        throw new EOFException();
    }

    static Request read(InputStream in, OutputStream out) throws IOException {
        String l;
        try {
            do {
                l = line(in, 16384);
                if (l == null) return null;
            } while (l.isEmpty());
        } catch (SocketTimeoutException e) {
            return null;
        }
        Request q = new Request();
        String[] p = l.split(" ", -1);
        if (p.length != 3 || !p[0].matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+") || p[1].isEmpty()) throw new Refusal(400, "Malformed request line.");
        if (!p[2].matches("HTTP/\\d\\.\\d")) throw new Refusal(400, "Malformed request line.");
        if (!p[2].startsWith("HTTP/1.")) throw new Refusal(505, "Only HTTP/1.x is spoken here.");
        q.method = p[0];
        q.target = p[1];
        q.version = p[2];
        int total = 0;
        while (true) {
            String h = line(in, 65536);
            if (h == null) throw new EOFException();
            if (h.isEmpty()) break;
            total += h.length();
            if (total > 65536) throw new Refusal(431, "The header section is too large.");
            int i = h.indexOf(':');
            if (i <= 0 || !h.substring(0, i).matches("[!#$%&'*+.^_`|~0-9A-Za-z-]+")) throw new Refusal(400, "Malformed header.");
            q.headers.computeIfAbsent(h.substring(0, i).toLowerCase(Locale.ROOT), k -> new ArrayList<>()).add(h.substring(i + 1).trim());
        }
        if (q.version.equals("HTTP/1.1") && (q.headers.get("host") == null || q.headers.get("host").size() != 1))
            throw new Refusal(400, "One Host header is needed.");
        String t = q.target;
        if (t.matches("(?i)https?://.*")) {
            int i = t.indexOf('/', t.indexOf("//") + 2);
            int j = t.indexOf('?', t.indexOf("//") + 2);
            t = i >= 0 && (j < 0 || i < j) ? t.substring(i) : j >= 0 ? "/" + t.substring(j) : "/";
        }
        int hash = t.indexOf('#');
        if (hash >= 0) t = t.substring(0, hash);
        int i = t.indexOf('?');
        q.path = i < 0 ? t : t.substring(0, i);
        q.query = i < 0 ? "" : t.substring(i + 1);

        String te = q.h("transfer-encoding"), cl = q.h("content-length");
        boolean expects = "100-continue".equalsIgnoreCase(q.h("expect"));
        if (te != null) {
            if (cl != null) throw new Refusal(400, "Content-Length and Transfer-Encoding exclude each other.");
            if (!te.trim().equalsIgnoreCase("chunked")) throw new Refusal(501, "Unknown transfer coding.");
            q.chunked = true;
            if (expects) go(out);
            chunks(in, q);
        } else if (cl != null) {
            List<String> all = q.headers.get("content-length");
            if (all.size() > 1 && new HashSet<>(all).size() > 1 || !all.get(0).matches("\\d{1,15}")) throw new Refusal(400, "Bad Content-Length.");
            long n = Long.parseLong(all.get(0));
            if (n > Server.MAX_BODY) {
                q.tooLarge = true;
                if (expects || n > 64L * 1024 * 1024) q.mustClose = true;
                else skip(in, n);
            } else {
                if (expects && n > 0) go(out);
                q.body = in.readNBytes((int) n);
                if (q.body.length < n) throw new EOFException();
            }
        }
        return q;
    }

    static void go(OutputStream out) throws IOException {
        out.write("HTTP/1.1 100 Continue\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
        out.flush();
    }

    static void skip(InputStream in, long n) throws IOException {
        byte[] b = new byte[65536];
        while (n > 0) {
            int k = in.read(b, 0, (int) Math.min(n, b.length));
            if (k < 0) throw new EOFException();
            n -= k;
        }
    }

    static void chunks(InputStream in, Request q) throws IOException {
        ByteArrayOutputStream b = new ByteArrayOutputStream();
        long seen = 0;
        while (true) {
            String l = line(in, 8192);
            if (l == null) throw new EOFException();
            int i = l.indexOf(';');
            String hex = (i < 0 ? l : l.substring(0, i)).trim();
            if (!hex.matches("[0-9a-fA-F]{1,8}")) throw new Refusal(400, "Bad chunk size.");
            long n = Long.parseLong(hex, 16);
            if (n == 0) break;
            seen += n;
            if (seen > 64L * 1024 * 1024) {
                q.tooLarge = true;
                q.mustClose = true;
                return;
            }
            if (seen > Server.MAX_BODY) {
                q.tooLarge = true;
                skip(in, n);
            } else {
                byte[] x = in.readNBytes((int) n);
                if (x.length < n) throw new EOFException();
                b.write(x);
            }
            if (!"".equals(line(in, 16))) throw new Refusal(400, "Bad chunk.");
        }
        for (String l = line(in, 8192); l == null || !l.isEmpty(); l = line(in, 8192)) if (l == null) throw new EOFException();
        q.body = q.tooLarge ? new byte[0] : b.toByteArray();
    }

    /** Writes the response; says whether the connection stays. */
    static boolean write(OutputStream out, Request q, Response r, boolean keep) throws IOException {
        boolean head = q != null && q.method.equals("HEAD");
        boolean old = q == null || q.version.equals("HTTP/1.0");
        boolean none = r.status == 204 || r.status == 304;
        byte[] body = none ? new byte[0] : r.body;

        if (Server.is("f29") && q != null && body.length > 0 && accepts(q.h("accept-encoding"), "gzip")) {
            ByteArrayOutputStream z = new ByteArrayOutputStream();
            try (GZIPOutputStream g = new GZIPOutputStream(z)) { g.write(body); }
            body = z.toByteArray();
            r.set("Content-Encoding", "gzip").add("Vary", "Accept-Encoding");
        }
        if (Server.is("b40") && r.text != null && r.text.length() < body.length) body = Arrays.copyOf(body, r.text.length());
        boolean chunked = Server.is("f27") && !old && !none && !head;
        boolean close = Server.is("f28") && !none && !head;
        if (close) keep = false;

        if (Server.is("f32") && !old)
            out.write("HTTP/1.1 103 Early Hints\r\nLink: </openapi.json>; rel=preload; as=fetch\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
        StringBuilder b = new StringBuilder();
        String reason = Server.is("f31") ? "" : REASONS.getOrDefault(r.status, "Status");
        b.append("HTTP/1.1 ").append(r.status).append(' ').append(reason).append("\r\n");
        if (Server.is("f31")) odd(r);
        header(b, "Date", RFC1123.format(Instant.now()));
        for (Map.Entry<String, List<String>> e : r.headers.entrySet())
            for (String v : e.getValue()) header(b, e.getKey(), v);
        if (chunked) {
            header(b, "Transfer-Encoding", "chunked");
            header(b, "Trailer", "X-Served-In");
        } else if (!none && !close) header(b, "Content-Length", "" + body.length);
        if (!keep) header(b, "Connection", "close");
        else if (old) header(b, "Connection", "keep-alive");
        b.append("\r\n");

        if (Server.is("f30")) Server.pause(70);
        out.write(b.toString().getBytes(StandardCharsets.ISO_8859_1));
        if (!head) {
            if (chunked) tiny(out, body);
            else if (Server.is("f30")) {
                int step = Math.max(1, (body.length + 5) / 6);
                for (int i = 0; i < body.length; i += step) {
                    out.flush();
                    Server.pause(25);
                    out.write(body, i, Math.min(step, body.length - i));
                }
            } else out.write(body);
        }
        out.flush();
        return keep;
    }

    static void header(StringBuilder b, String name, String value) {
        if (Server.is("f31")) name = name.hashCode() % 2 == 0 ? name.toLowerCase(Locale.ROOT) : name.toUpperCase(Locale.ROOT);
        b.append(name).append(Server.is("f31") ? ":" : ": ").append(value.replaceAll("[\\r\\n]", " ")).append("\r\n");
    }

    static void odd(Response r) {
        r.add("Set-Cookie", "lb=node-7; Path=/; HttpOnly").add("Set-Cookie", "ab=" + System.nanoTime() % 1000 + "; Path=/v2; Max-Age=60");
        r.set("Server-Timing", "db;dur=1.2, app;dur=3").set("Strict-Transport-Security", "max-age=31536000").set("X-Content-Type-Options", "nosniff");
        for (int i = 1; i <= 30; i++) r.set("X-Edge-Hop-" + i, "pop-" + i + "; \"via\" = \"cache, edge\"");
    }

    static void tiny(OutputStream out, byte[] body) throws IOException {
        int n = 1;
        for (int i = 0; i < body.length; ) {
            int k = Math.min(n, body.length - i);
            out.write(("00" + Integer.toHexString(k).toUpperCase(Locale.ROOT) + ";part=\"" + n + "\"\r\n").getBytes(StandardCharsets.ISO_8859_1));
            out.write(body, i, k);
            out.write("\r\n".getBytes(StandardCharsets.ISO_8859_1));
            i += k;
            n = n % 13 + 1;
        }
        out.write("0\r\nX-Served-In: 3ms\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
    }

    static boolean accepts(String header, String coding) {
        if (header == null) return false;
        for (String p : header.split(",")) {
            String[] x = p.trim().toLowerCase(Locale.ROOT).split("\\s*;\\s*");
            if (x[0].equals(coding)) return x.length < 2 || !x[1].matches("q=0(\\.0*)?");
        }
        return false;
    }
}

// ------------------------------------------------------------------------------------------------ JSON

@SuppressWarnings("unchecked")
class Json {
    private final String s;
    private int i;
    private int depth;

    private Json(String s) { this.s = s; }

    static Object read(byte[] b) {
        String t = Text.utf8(b);
        if (t == null) throw new Bad("The body is not UTF-8.");
        if (t.startsWith("\uFEFF")) t = t.substring(1);
        Json j = new Json(t);
        j.space();
        Object v = j.value();
        j.space();
        if (j.i < t.length()) throw j.bad("trailing text");
        return v;
    }

    private Bad bad(String what) { return new Bad("Malformed JSON at " + i + ": " + what + "."); }
    private void space() {
        while (i < s.length() && " \t\r\n".indexOf(s.charAt(i)) >= 0) i++;
    }

    private Object value() {
        if (i >= s.length()) throw bad("unexpected end");
        char c = s.charAt(i);
        if (c == '{') {
            if (++depth > 200) throw bad("too deep");
            LinkedHashMap<String, Object> m = new LinkedHashMap<>();
            i++;
            space();
            if (i < s.length() && s.charAt(i) == '}') {
                i++;
                depth--;
                return m;
            }
            while (true) {
                space();
                if (i >= s.length() || s.charAt(i) != '"') throw bad("a member name is missing");
                String k = string();
                space();
                expect(':');
                space();
                m.put(k, value());
                space();
                if (i < s.length() && s.charAt(i) == ',') {
                    i++;
                    continue;
                }
                expect('}');
                depth--;
                return m;
            }
        }
        if (c == '[') {
            if (++depth > 200) throw bad("too deep");
            ArrayList<Object> l = new ArrayList<>();
            i++;
            space();
            if (i < s.length() && s.charAt(i) == ']') {
                i++;
                depth--;
                return l;
            }
            while (true) {
                space();
                l.add(value());
                space();
                if (i < s.length() && s.charAt(i) == ',') {
                    i++;
                    continue;
                }
                expect(']');
                depth--;
                return l;
            }
        }
        if (c == '"') return string();
        if (s.startsWith("true", i)) { i += 4; return Boolean.TRUE; }
        if (s.startsWith("false", i)) { i += 5; return Boolean.FALSE; }
        if (s.startsWith("null", i)) { i += 4; return null; }
        int a = i;
        if (c == '-') i++;
        if (i < s.length() && s.charAt(i) == '0') i++;
        else digits();
        if (i < s.length() && s.charAt(i) == '.') {
            i++;
            digits();
        }
        if (i < s.length() && (s.charAt(i) == 'e' || s.charAt(i) == 'E')) {
            i++;
            if (i < s.length() && (s.charAt(i) == '+' || s.charAt(i) == '-')) i++;
            digits();
        }
        if (i - a > 1000) throw bad("a number is too long");
        try {
            return new BigDecimal(s.substring(a, i));
        } catch (NumberFormatException e) {
            throw bad("a number is out of range");
        }
    }

    private void digits() {
        int a = i;
        while (i < s.length() && s.charAt(i) >= '0' && s.charAt(i) <= '9') i++;
        if (a == i) throw bad("unexpected character");
    }

    private void expect(char c) {
        if (i >= s.length() || s.charAt(i) != c) throw bad("'" + c + "' expected");
        i++;
    }

    private String string() {
        StringBuilder b = new StringBuilder();
        i++;
        while (true) {
            if (i >= s.length()) throw bad("unterminated text");
            char c = s.charAt(i++);
            if (c == '"') return b.toString();
            if (c < 0x20) throw bad("control character in a text");
            if (c != '\\') {
                b.append(c);
                continue;
            }
            if (i >= s.length()) throw bad("unterminated text");
            c = s.charAt(i++);
            int k = "\"\\/bfnrt".indexOf(c);
            if (k >= 0) b.append("\"\\/\b\f\n\r\t".charAt(k));
            else if (c == 'u' && i + 4 <= s.length() && s.substring(i, i + 4).matches("[0-9a-fA-F]{4}")) {
                b.append((char) Integer.parseInt(s.substring(i, i + 4), 16));
                i += 4;
            } else throw bad("unknown escape");
        }
    }

    static String write(Object v) {
        StringBuilder b = new StringBuilder();
        put(b, v, Server.is("f24") ? 1 : 0);
        return b.toString();
    }

    private static void nl(StringBuilder b, int level) {
        if (level > 0) b.append("\r\n").append("\t".repeat(level - 1));
    }

    private static void put(StringBuilder b, Object v, int level) {
        int in = level == 0 ? 0 : level + 1;
        if (v instanceof Map) {
            List<Map.Entry<String, Object>> es = new ArrayList<>(((Map<String, Object>) v).entrySet());
            if (level > 0) Collections.shuffle(es);
            b.append('{');
            String sep = "";
            for (Map.Entry<String, Object> e : es) {
                b.append(sep);
                sep = ",";
                nl(b, in);
                quote(b, e.getKey());
                b.append(level > 0 ? " : " : ":");
                put(b, e.getValue(), in);
            }
            if (!es.isEmpty()) nl(b, level);
            b.append('}');
        } else if (v instanceof List) {
            b.append('[');
            String sep = "";
            for (Object x : (List<Object>) v) {
                b.append(sep);
                sep = ",";
                nl(b, in);
                put(b, x, in);
            }
            if (!((List<Object>) v).isEmpty()) nl(b, level);
            b.append(']');
        } else if (v instanceof String) quote(b, (String) v);
        else b.append(v);
    }

    static void quote(StringBuilder b, String s) {
        boolean ascii = Server.is("f24");
        b.append('"');
        for (int i = 0; i < s.length(); i++) {
            char c = s.charAt(i);
            int k = "\"\\\b\f\n\r\t".indexOf(c);
            if (k >= 0) b.append('\\').append("\"\\bfnrt".charAt(k));
            else if (ascii && c == '/') b.append("\\/");
            else if (c < 0x20 || c == 0x7f || ascii && c > 0x7e || lone(s, i)) b.append(String.format("\\u%04x", (int) c));
            else b.append(c);
        }
        b.append('"');
    }

    static boolean lone(String s, int i) {
        char c = s.charAt(i);
        if (Character.isHighSurrogate(c)) return i + 1 >= s.length() || !Character.isLowSurrogate(s.charAt(i + 1));
        if (Character.isLowSurrogate(c)) return i == 0 || !Character.isHighSurrogate(s.charAt(i - 1));
        return false;
    }
}

// ------------------------------------------------------------------------------------------------ texts

@SuppressWarnings("unchecked")
class Text {
    /** Strict UTF-8; null where it is none. */
    static String utf8(byte[] b) {
        try {
            return StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT).decode(ByteBuffer.wrap(b)).toString();
        } catch (CharacterCodingException e) {
            return null;
        }
    }

    /** Percent-decoding; null where it is malformed. */
    static String percent(String s, boolean plus) {
        byte[] in = s.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream b = new ByteArrayOutputStream(in.length);
        for (int i = 0; i < in.length; i++) {
            if (in[i] == '%') {
                if (i + 2 >= in.length) return null;
                int h = Character.digit(in[i + 1], 16), l = Character.digit(in[i + 2], 16);
                if (h < 0 || l < 0) return null;
                b.write(h * 16 + l);
                i += 2;
            } else if (plus && in[i] == '+') b.write(' ');
            else b.write(in[i]);
        }
        return utf8(b.toByteArray());
    }

    /** name=value pairs: a value is null where it cannot be decoded. */
    static List<String[]> pairs(String raw, boolean plus, boolean keepRaw) {
        List<String[]> l = new ArrayList<>();
        for (String p : raw.split("&")) {
            if (p.isEmpty()) continue;
            int i = p.indexOf('=');
            String k = percent(i < 0 ? p : p.substring(0, i), plus);
            String v = i < 0 ? "" : p.substring(i + 1);
            l.add(new String[] {k, keepRaw ? v : percent(v, plus)});
        }
        return l;
    }

    static boolean blank(String s) { return s == null || s.isBlank(); }

    /** What some houses do to every text. */
    static String house(String s) {
        if (Server.is("f14")) return Normalizer.normalize(s.strip(), Normalizer.Form.NFC);
        return s;
    }

    static Object house(Object v) {
        if (!Server.is("f14")) return v;
        if (v instanceof String) return house((String) v);
        if (v instanceof List) {
            List<Object> l = new ArrayList<>();
            for (Object x : (List<Object>) v) l.add(house(x));
            return l;
        }
        if (v instanceof Map) {
            Map<String, Object> m = new LinkedHashMap<>();
            ((Map<String, Object>) v).forEach((k, x) -> m.put(k, house(x)));
            return m;
        }
        return v;
    }

    static String key(String username) {
        String s = house(username);
        return Server.is("f13") ? s.toLowerCase(Locale.ROOT) : s;
    }
}

// ------------------------------------------------------------------------------------------------ schemas

class Type {
    final char kind; // s string, l int64, i int32, b boolean, a array, o object
    final Type item;
    final Schema of;
    final List<String> values;
    Type(char kind, Type item, Schema of, String... values) {
        this.kind = kind;
        this.item = item;
        this.of = of;
        this.values = List.of(values);
    }
}

@SuppressWarnings("unchecked")
class Schema {
    static final Type STRING = new Type('s', null, null), INT64 = new Type('l', null, null), INT32 = new Type('i', null, null),
        BOOL = new Type('b', null, null);
    static final List<String> STATUSES = List.of("available", "pending", "sold");
    static final Schema DOMAIN_IN = new Schema("DomainIn").p("name", STRING);
    static final Schema DOMAIN = new Schema("Domain").p("id", STRING).p("name", STRING).p("validate", STRING)
        .p("status", new Type('s', null, null, "missing validation", "validated")).p("active", BOOL);
    static final Schema TAG = new Schema("Tag").p("id", INT64).p("name", STRING);
    static final Schema PET = new Schema("Pet", "name", "photoUrls").p("id", INT64).p("category", new Type('o', null, DOMAIN_IN))
        .p("name", STRING).p("photoUrls", new Type('a', STRING, null)).p("tags", new Type('a', new Type('o', null, TAG), null))
        .p("status", new Type('s', null, null, "available", "pending", "sold"));
    static final Schema USER = new Schema("User").p("id", INT64).p("username", STRING).p("firstName", STRING).p("lastName", STRING)
        .p("email", STRING).p("password", STRING).p("phone", STRING).p("userStatus", INT32);

    final String name;
    final LinkedHashMap<String, Type> props = new LinkedHashMap<>();
    final List<String> required;
    Schema(String name, String... required) {
        this.name = name;
        this.required = List.of(required);
    }
    Schema p(String k, Type t) {
        props.put(k, t);
        return this;
    }

    /** The record as the schema names it: wrong types are refused, unknown members dropped. */
    Map<String, Object> take(Object v) {
        if (!(v instanceof Map)) throw new Bad(name + " must be an object.");
        Map<String, Object> in = (Map<String, Object>) v, out = new LinkedHashMap<>();
        for (String r : required) if (!in.containsKey(r)) throw new Bad(r + " is required.");
        for (Map.Entry<String, Type> e : props.entrySet())
            if (in.containsKey(e.getKey())) {
                Object x = in.get(e.getKey());
                if (Server.is("b15") && e.getKey().equals("userStatus") && x instanceof String) continue;
                out.put(e.getKey(), take(e.getKey(), e.getValue(), x));
            }
        return out;
    }

    private static Object take(String at, Type t, Object v) {
        switch (t.kind) {
            case 's':
                if (!(v instanceof String)) throw new Bad(at + " must be a string.");
                if (!t.values.isEmpty() && !t.values.contains(v)) {
                    if (Server.is("b16") && t.values.contains("sold")) return v;
                    throw new Bad(at + " must be one of " + t.values + ".");
                }
                return v;
            case 'l':
            case 'i':
                Long n = integer(v);
                if (n == null || t.kind == 'i' && n != n.intValue()) throw new Bad(at + " must be an integer" + (t.kind == 'i' ? " of 32 bits." : "."));
                return n;
            case 'b':
                if (!(v instanceof Boolean)) throw new Bad(at + " must be a boolean.");
                return v;
            case 'a':
                if (!(v instanceof List)) throw new Bad(at + " must be an array.");
                List<Object> l = new ArrayList<>();
                for (Object x : (List<Object>) v) l.add(take(at + "[]", t.item, x));
                return l;
            default:
                return t.of.take(v);
        }
    }

    /** A safe integer, or null. */
    static Long integer(Object v) {
        if (!(v instanceof BigDecimal)) return null;
        BigDecimal d = (BigDecimal) v;
        if (d.signum() == 0) return 0L;
        if ((long) d.precision() - d.scale() > 19 || d.stripTrailingZeros().scale() > 0) return null;
        BigInteger b = d.toBigIntegerExact();
        if (b.bitLength() > 63 || !Server.is("f34") && b.abs().longValue() > Server.SAFE) return null;
        return b.longValue();
    }

    /** A safe integer in a path, canonical; or null. */
    static Long integer(String s) {
        if (s == null || !s.matches("-?[1-9]\\d{0,18}|0")) return null;
        return integer(new BigDecimal(s));
    }
}

@SuppressWarnings("unchecked")
class Xml {
    static final String HEAD = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n";

    static Map<String, Object> read(byte[] b, Schema s) {
        Element root;
        try {
            DocumentBuilderFactory f = DocumentBuilderFactory.newInstance();
            f.setNamespaceAware(true);
            f.setCoalescing(true);
            f.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
            DocumentBuilder d = f.newDocumentBuilder();
            d.setErrorHandler(new ErrorHandler() {
                public void warning(SAXParseException e) { }
                public void error(SAXParseException e) throws SAXException { throw e; }
                public void fatalError(SAXParseException e) throws SAXException { throw e; }
            });
            root = d.parse(new InputSource(new ByteArrayInputStream(b))).getDocumentElement();
        } catch (SAXException | IOException | ParserConfigurationException e) {
            throw new Bad("Malformed XML.");
        }
        if (!s.name.equals(root.getLocalName())) throw new Bad("The root must be " + s.name + ".");
        return object(root, s);
    }

    private static Map<String, Object> object(Element e, Schema s) {
        Map<String, Object> m = new LinkedHashMap<>();
        for (Node n = e.getFirstChild(); n != null; n = n.getNextSibling()) {
            if (n instanceof org.w3c.dom.Text && !n.getNodeValue().isBlank()) throw new Bad("Text where elements belong.");
            if (!(n instanceof Element)) continue;
            String k = n.getLocalName();
            Type t = s.props.get(k);
            if (t == null) continue;
            if (t.kind == 'a') {
                List<Object> l = (List<Object>) m.computeIfAbsent(k, x -> new ArrayList<>());
                l.add(value((Element) n, t.item));
            } else {
                if (m.containsKey(k)) throw new Bad(k + " comes twice.");
                m.put(k, value((Element) n, t));
            }
        }
        for (String r : s.required) if (s.props.get(r).kind == 'a') m.putIfAbsent(r, new ArrayList<>());
        if (Server.is("b38")) m.replaceAll((k, v) -> v instanceof List && ((List<Object>) v).size() == 1 ? ((List<Object>) v).get(0) : v);
        return m;
    }

    private static Object value(Element e, Type t) {
        if (t.kind == 'o') return object(e, t.of);
        for (Node n = e.getFirstChild(); n != null; n = n.getNextSibling()) if (n instanceof Element) throw new Bad(e.getLocalName() + " must be a text.");
        String x = e.getTextContent(), y = x.trim();
        if (t.kind == 'l' || t.kind == 'i') return y.matches("[+-]?\\d{1,30}") ? new BigDecimal(y) : x;
        if (t.kind == 'b') return y.equals("true") || y.equals("1") ? Boolean.TRUE : y.equals("false") || y.equals("0") ? Boolean.FALSE : (Object) x;
        return x;
    }

    static String document(String root, Object v) {
        StringBuilder b = new StringBuilder(Server.is("f21") ? "<?xml version='1.0' encoding='utf-8' standalone='yes'?>\r\n<!-- generated by inboxes-xml 3.2 -->\r\n" : HEAD);
        element(b, root, v, 0);
        if (Server.is("f21")) b.append("<!-- end -->\r\n");
        return b.toString();
    }

    static String list(String root, String item, List<Map<String, Object>> l) {
        Map<String, Object> m = new LinkedHashMap<>();
        m.put(item, l);
        return document(root, m);
    }

    private static void element(StringBuilder b, String name, Object v, int level) {
        if (v instanceof List) {
            for (Object x : (List<Object>) v) element(b, name, x, level);
            return;
        }
        boolean pretty = Server.is("f21");
        if (pretty) b.append("    ".repeat(level));
        b.append('<').append(name).append(pretty ? " >" : ">");
        if (v instanceof Map) {
            if (pretty) b.append("\r\n");
            ((Map<String, Object>) v).forEach((k, x) -> element(b, k, x, level + 1));
            if (pretty) b.append("    ".repeat(level));
        } else if (v instanceof String) b.append(text((String) v));
        else if (v != null) b.append(v);
        b.append("</").append(name).append(pretty ? " >\r\n" : ">");
    }

    private static String text(String s) {
        StringBuilder b = new StringBuilder();
        boolean cdata = Server.is("f21") && s.indexOf('\r') < 0 && s.length() % 2 == 0;
        for (int i = 0; i < s.length(); i++) {
            char c = s.charAt(i);
            if (c < 0x20 && c != '\t' && c != '\n' && c != '\r' || c == 0xFFFE || c == 0xFFFF || Json.lone(s, i)) b.append('\uFFFD');
            else if (cdata) b.append(c);
            else if (Server.is("b37")) b.append(c);
            else if (c == '&') b.append("&amp;");
            else if (c == '<') b.append("&lt;");
            else if (c == '>') b.append("&gt;");
            else if (c == '\r') b.append("&#13;");
            else if (Server.is("f21") && c > 0x7e && !Character.isSurrogate(c)) b.append(String.format("&#x%X;", (int) c));
            else b.append(c);
        }
        return cdata ? "<![CDATA[" + b.toString().replace("]]>", "]]]]><![CDATA[>") + "]]>" : b.toString();
    }
}

// ------------------------------------------------------------------------------------------------ storage

@SuppressWarnings("unchecked")
class Store {
    static final Object LOCK = new Object();
    static final TreeMap<Long, Map<String, Object>> pets = new TreeMap<>();
    static final TreeMap<Long, Map<String, Object>> ghosts = new TreeMap<>();
    static Map<String, Map<String, Object>> users = new LinkedHashMap<>();
    static final Map<String, Map<String, Object>> orders = new HashMap<>();
    static final Map<String, Map<String, Object>> domains = new HashMap<>();
    static long nextOrder = 1, nextUser = 1001;
    static Map<String, Object> frozenInventory;
    static List<Map<String, Object>> snapshot = new ArrayList<>();

    static Map<String, Object> map(Object... kv) {
        Map<String, Object> m = new LinkedHashMap<>();
        for (int i = 0; i < kv.length; i += 2) m.put((String) kv[i], kv[i + 1]);
        return m;
    }

    static void seed() {
        String[] names = {"Rex", "Mia", "Bello", "Luna", "Simba", "Nala", "Balu", "Kira", "Max", "Minka", "Oskar", "Paula", "Rocky", "Susi",
            "Tiger", "Wanda", "Fips", "Zoe"};
        boolean bare = Server.is("f35");
        for (int i = 1; i <= names.length; i++) {
            long id = bare ? 5000 + i * 7 : Server.is("f34") && i % 2 == 0 ? 9007199254740992L + i * 1001L : i;
            List<Object> tags = new ArrayList<>();
            String pre = bare ? "label-" : "tag";
            tags.add(map("id", (long) (i % 3 + 1), "name", pre + (i % 3 + 1)));
            if (i % 2 == 0) tags.add(map("id", (long) ((i + 1) % 3 + 1), "name", pre + ((i + 1) % 3 + 1)));
            pets.put(id, map("id", id, "category", map("name", i % 2 == 0 ? "cats.example" : "dogs.example"), "name", names[i - 1],
                "photoUrls", new ArrayList<Object>(List.of("https://img.example/" + i + ".jpg")), "tags", tags,
                "status", Schema.STATUSES.get(i % 3)));
        }
        for (int i = 1; i <= 12; i++) {
            String n = (bare ? "member-0" : "user") + i;
            users.put(n, map("id", (long) i, "username", n, "firstName", "First" + i, "lastName", "Last" + i, "email", n + "@inboxes.example",
                "password", "secret" + i, "phone", "+49 30 1000" + i, "userStatus", (long) (i % 3)));
        }
        if (!bare) for (int i = 1; i <= 10; i++) orders.put("" + i, map("id", "" + i, "name", "order" + i + ".example"));
        nextOrder = 11;
        frozenInventory = count(new ArrayList<>(pets.values()));
        snapshot = new ArrayList<>(pets.values());
    }

    static Map<String, Object> count(List<Map<String, Object>> l) {
        Map<String, Object> m = new LinkedHashMap<>();
        for (String s : Schema.STATUSES) m.put(s, 0L);
        for (Map<String, Object> p : l) if (p.get("status") != null) m.merge((String) p.get("status"), 1L, (a, b) -> (Long) a + 1);
        return m;
    }

    /** What lists and counts are made of. */
    static List<Map<String, Object>> listed() {
        synchronized (LOCK) {
            if (Server.is("f11")) return snapshot;
            List<Map<String, Object>> l = new ArrayList<>(pets.values());
            if (Server.is("b28")) l.addAll(ghosts.values());
            return l;
        }
    }

    static Map<String, Object> pet(long id) {
        synchronized (LOCK) { return pets.get(id); }
    }

    static Map<String, Object> user(String name) {
        synchronized (LOCK) { return users.get(Text.key(name)); }
    }

    /** Later, for a server that answers 202. */
    static void write(Runnable r) {
        if (Server.is("f10")) Jobs.later.schedule(() -> { synchronized (LOCK) { r.run(); } }, 1200, TimeUnit.MILLISECONDS);
        else synchronized (LOCK) { r.run(); }
    }

    static boolean emailTaken(Map<String, Object> u) {
        if (u.get("email") == null) return false;
        for (Map<String, Object> x : users.values())
            if (u.get("email").equals(x.get("email")) && !u.get("username").equals(x.get("username"))) return true;
        return false;
    }

    static String html(String s) {
        return s.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;").replace("\"", "&quot;").replace("'", "&#39;");
    }

    /** A user as it is stored. */
    static Map<String, Object> userRow(Map<String, Object> in, String username, Map<String, Object> before) {
        Map<String, Object> u = new LinkedHashMap<>((Map<String, Object>) Text.house(in));
        u.put("username", Text.key(username));
        if (Server.is("f16")) u.put("id", before == null ? nextUser++ : before.get("id"));
        if (Server.is("f13") && u.get("email") != null) u.put("email", ((String) u.get("email")).toLowerCase(Locale.ROOT));
        for (String k : List.of("firstName", "lastName", "email", "phone")) {
            String s = (String) u.get(k);
            if (s == null) continue;
            if (Server.is("b36")) u.put(k, html(s));
            if (Server.is("b23") && k.endsWith("Name") && s.length() > 50) u.put(k, s.substring(0, 50));
        }
        return u;
    }
}

class Jobs {
    static final ScheduledExecutorService later = Executors.newSingleThreadScheduledExecutor(r -> {
        Thread t = new Thread(r, "jobs");
        t.setDaemon(true);
        return t;
    });

    static void start() {
        if (Server.is("f11")) later.scheduleAtFixedRate(() -> {
            synchronized (Store.LOCK) { Store.snapshot = new ArrayList<>(Store.pets.values()); }
        }, 1000, 1000, TimeUnit.MILLISECONDS);
        if (Server.is("f39")) later.scheduleAtFixedRate(new Runnable() {
            int n = 0;
            public void run() {
                synchronized (Store.LOCK) {
                    n++;
                    long id = 14 + n % 5;
                    Map<String, Object> p = Store.pets.get(id);
                    if (p != null) {
                        Map<String, Object> c = new LinkedHashMap<>(p);
                        c.put("name", "Visited " + n);
                        c.put("status", Schema.STATUSES.get(n / 5 % 3));
                        Store.pets.put(id, c);
                    }
                    String name = "visitor" + n % 6;
                    if (n % 2 == 0) Store.users.remove(name);
                    else Store.users.put(name, Store.map("id", (long) n, "username", name, "email", name + "@elsewhere.example"));
                    String o = "" + Store.nextOrder++;
                    Store.orders.put(o, Store.map("id", o, "name", "visitor" + n + ".example"));
                }
            }
        }, 400, 400, TimeUnit.MILLISECONDS);
    }
}

// ------------------------------------------------------------------------------------------------ the API

class Op {
    final String id, method;
    final String[] path;
    final boolean secured, xml, content, bodyRequired;
    final List<String> consumes;
    final int badParam, badBody;
    Op(String id, String method, String path, String flags, String consumes, int badParam, int badBody) {
        this.id = id;
        this.method = method;
        this.path = path.substring(1).split("/");
        secured = flags.contains("k");
        xml = flags.contains("x");
        content = flags.contains("j");
        bodyRequired = flags.contains("r");
        this.consumes = consumes.isEmpty() ? List.of() : List.of(consumes.split(" "));
        this.badParam = badParam;
        this.badBody = badBody;
    }
}

@SuppressWarnings("unchecked")
class Api {
    static final String J = "application/json", X = "application/xml";
    static final List<Op> OPS = List.of(
        new Op("addDomain", "POST", "/domain", "kjr", J, 405, 405),
        new Op("updatePet", "PUT", "/domain", "kr", J + " " + X, 405, 405),
        new Op("findPetsByStatus", "GET", "/pet/findByStatus", "kjx", "", 400, 400),
        new Op("findPetsByTags", "GET", "/pet/findByTags", "kjx", "", 400, 400),
        new Op("getPetById", "GET", "/pet/{}", "kjx", "", 400, 400),
        new Op("updatePetWithForm", "POST", "/pet/{}", "k", "application/x-www-form-urlencoded", 405, 405),
        new Op("deletePet", "DELETE", "/pet/{}", "k", "", 400, 400),
        new Op("uploadFile", "POST", "/pet/{}/uploadImage", "kj", "multipart/form-data", 400, 400),
        new Op("getInventory", "GET", "/store/inventory", "kj", "", 400, 400),
        new Op("placeOrder", "POST", "/store/order", "jxr", J, 400, 400),
        new Op("getOrderById", "GET", "/store/order/{}", "jx", "", 400, 400),
        new Op("deleteOrder", "DELETE", "/store/order/{}", "", "", 400, 400),
        new Op("createUser", "POST", "/user", "r", J, 400, 400),
        new Op("createUsersWithListInput", "POST", "/user/createWithList", "r", J, 400, 400),
        new Op("loginUser", "GET", "/user/login", "jx", "", 400, 400),
        new Op("logoutUser", "GET", "/user/logout", "", "", 400, 400),
        new Op("getUserByName", "GET", "/user/{}", "jx", "", 400, 400),
        new Op("updateUser", "PUT", "/user/{}", "r", J, 400, 400),
        new Op("deleteUser", "DELETE", "/user/{}", "", "", 400, 400));
    static final Set<String> RESERVED = Set.of("login", "logout", "createWithList");
    static final List<String> KNOWN = List.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS", "TRACE", "CONNECT");
    static final AtomicInteger served = new AtomicInteger();
    static final AtomicLong firstAt = new AtomicLong();
    static final Map<String, Integer> wrong = new ConcurrentHashMap<>();
    static final Set<String> sessions = ConcurrentHashMap.newKeySet();
    static final Map<String, Object[]> cache = new ConcurrentHashMap<>();
    static volatile Map<String, Object> current;

    static Response problem(int status, String detail) {
        Response r = new Response(status);
        String title = Http.REASONS.getOrDefault(status, "Error");
        if (Server.is("f07"))
            return r.body("text/html; charset=iso-8859-1", "<!DOCTYPE html><html><head><title>" + status + " " + title + "</title></head><body><h1>"
                + title + "</h1><hr><center>nginx/1.18.0 (Ubuntu)</center></body></html>\r\n" + "<!-- padding -->\r\n".repeat(20));
        return r.body("application/problem+json", Json.write(Store.map("type", "about:blank", "title", title, "status", (long) status, "detail", detail)));
    }

    static Response handle(Request q) {
        String o = q.h("origin");
        Response r;
        if (q.method.equals("OPTIONS") && o != null && q.h("access-control-request-method") != null) {
            r = new Response(204).set("Access-Control-Allow-Methods", q.h("access-control-request-method")).set("Access-Control-Max-Age", "600");
            if (q.h("access-control-request-headers") != null) r.set("Access-Control-Allow-Headers", q.h("access-control-request-headers"));
        } else {
            try {
                r = route(q);
            } catch (Refusal e) {
                r = problem(e.status, e.getMessage());
                if (e.allow != null) r.set("Allow", e.allow);
                if (e.status == 401) r.set("WWW-Authenticate", Server.is("f40") && q.op.endsWith("User") ? "Session realm=\"inboxes\"" : "ApiKey realm=\"inboxes\", name=\"api_key\"");
                if (e.status == 429) r.set("Retry-After", "1");
                if (e.status == 503) r.set("Retry-After", Http.RFC1123.format(Instant.ofEpochMilli(firstAt.get() + 2999)));
            } catch (RuntimeException e) {
                r = problem(500, "Internal error.");
            }
        }
        if (o != null) {
            r.set("Access-Control-Allow-Origin", o).set("Access-Control-Allow-Credentials", "true").add("Vary", "Origin");
        } else r.set("Access-Control-Allow-Origin", "*");
        r.set("Access-Control-Expose-Headers", "X-Rate-Limit, X-Expires-After, Allow, Retry-After, WWW-Authenticate");
        return r;
    }

    // -------------------------------------------------------------------------------------------- around the API

    static Response outside(Request q) {
        boolean get = q.method.equals("GET") || q.method.equals("HEAD");
        switch (q.path) {
            case "/":
            case "/healthz":
            case "/livez":
            case "/readyz":
            case "/openapi.json":
            case "/openapi.yaml":
            case "/v2":
            case "/v2/":
                break;
            case "*":
                return new Response(204).set("Allow", "GET, HEAD, POST, PUT, DELETE, OPTIONS");
            default:
                return null;
        }
        if (q.method.equals("OPTIONS")) return new Response(204).set("Allow", "GET, HEAD, OPTIONS");
        if (!get) throw new Refusal(405, "Only GET here.", "GET, HEAD, OPTIONS");
        if (q.path.startsWith("/v2")) return new Response(302).set("Location", "/");
        if (q.path.startsWith("/openapi")) {
            Map<String, Object> d = (Map<String, Object>) Json.read(Doc.bytes());
            d.put("servers", List.of(Store.map("url", Server.origin + Server.BASE)));
            return new Response(200).body(q.path.endsWith("json") ? J : "application/yaml", Json.write(d));
        }
        if (!q.path.equals("/")) return new Response(200).body(J, "{\"status\":\"ok\"}");
        String a = q.h("accept");
        if (a != null && a.contains("text/html"))
            return new Response(200).body("text/html; charset=utf-8", "<!DOCTYPE html><html lang=\"en\"><head><title>Inboxes Developer API</title></head><body>"
                + "<h1>Inboxes Developer API</h1><p><a href=\"/openapi.yaml\">API document</a></p></body></html>");
        return new Response(200).body(J, Json.write(Store.map("name", "Inboxes Developer API", "base", Server.BASE, "document", "/openapi.json")));
    }

    static boolean same(String pattern, String seg) {
        return Server.is("f33") ? pattern.equalsIgnoreCase(seg) : pattern.equals(seg);
    }

    static Response route(Request q) {
        Response out = outside(q);
        if (out != null) return out;
        if (Server.is("f38") && Text.blank(q.h("user-agent"))) throw new Refusal(403, "Please send a User-Agent.");
        String path = q.path;
        if (Server.is("f33")) {
            while (path.length() > 4 && path.endsWith("/")) path = path.substring(0, path.length() - 1);
            if (path.toLowerCase(Locale.ROOT).startsWith("/v2/")) path = "/v2/" + path.substring(4);
        }
        if (!path.startsWith(Server.BASE + "/")) throw new Refusal(404, "No such path.");
        if (Server.is("f09")) {
            firstAt.compareAndSet(0, System.currentTimeMillis());
            if (System.currentTimeMillis() < firstAt.get() + 2000) throw new Refusal(503, "Warming up.");
        }
        if (Server.is("f08") && served.incrementAndGet() % 25 == 0) throw new Refusal(429, "Slow down.");

        String[] raw = path.substring(Server.BASE.length() + 1).split("/", -1);
        String[] seg = new String[raw.length];
        for (int i = 0; i < raw.length; i++) seg[i] = Text.percent(raw[i], false);
        List<Op> found = new ArrayList<>();
        boolean template = true;
        for (Op op : OPS) {
            if (op.path.length != seg.length) continue;
            boolean fits = true, fixed = true;
            for (int i = 0; i < seg.length; i++) {
                if (op.path[i].equals("{}")) {
                    fixed = false;
                    if (raw[i].isEmpty()) fits = false;
                } else if (seg[i] == null || !same(op.path[i], seg[i])) fits = false;
            }
            if (!fits) continue;
            if (fixed && template) {
                found.clear();
                template = false;
            }
            if (fixed || template) found.add(op);
        }
        if (found.isEmpty()) throw new Refusal(404, "No such path.");
        LinkedHashSet<String> allow = new LinkedHashSet<>();
        for (Op op : found) {
            allow.add(op.method);
            if (op.method.equals("GET") && !Server.is("f18")) allow.add("HEAD");
        }
        allow.add("OPTIONS");
        String allowed = String.join(", ", allow);
        if (q.method.equals("OPTIONS")) return new Response(204).set("Allow", allowed);
        Op op = null;
        for (Op x : found) if (x.method.equals(q.method.equals("HEAD") && !Server.is("f18") ? "GET" : q.method)) op = x;
        if (op == null) {
            if (Server.is("f19") && !KNOWN.contains(q.method)) throw new Refusal(501, "What method is that?");
            if (Server.is("b05")) throw new IllegalStateException("method not supported");
            throw new Refusal(405, "This path has no " + q.method + ".", allowed);
        }
        q.op = op.id;
        String param = null, rawParam = null;
        for (int i = 0; i < seg.length; i++) if (op.path[i].equals("{}")) {
            param = seg[i];
            rawParam = raw[i];
        }
        if (Server.is("b10") && op.path[0].equals("user")) param = rawParam;

        authenticate(q, op, param);
        String as = J;
        if (op.content) {
            as = negotiate(q.h("accept"), op.xml);
            if (as == null) throw new Refusal(406, "This operation answers with " + J + (op.xml ? " or " + X : "") + ".");
        }
        if (q.tooLarge) throw new Refusal(413, "The body is larger than 10 MB.");
        if (Server.is("b13") && q.chunked) q.body = new byte[0];
        String ct = q.first("content-type");
        String type = ct == null ? "" : ct.split(";", -1)[0].trim().toLowerCase(Locale.ROOT);
        if (Server.is("b25") && op.path[0].equals("user") && ct != null) type = ct.trim().toLowerCase(Locale.ROOT);
        if (!op.consumes.isEmpty() && q.body.length > 0) {
            if (!op.consumes.contains(type)) throw new Refusal(415, "Send " + String.join(" or ", op.consumes) + ".");
            String enc = q.h("content-encoding");
            if (enc != null && !enc.equalsIgnoreCase("identity")) throw new Refusal(415, "No content codings, please.");
            java.util.regex.Matcher m = java.util.regex.Pattern.compile("(?i);\\s*charset\\s*=\\s*\"?([^\\s;\"]+)").matcher(ct);
            if (m.find() && !type.equals("multipart/form-data") && !m.group(1).matches("(?i)utf-?8|us-ascii")) throw new Refusal(415, "Send UTF-8.");
        }
        try {
            Response r = call(q, op, param, type, as);
            return r;
        } catch (Bad e) {
            int s = op.badBody;
            if (Server.is("f06")) s = 422;
            throw new Refusal(s, e.getMessage(), s == 405 ? allowed : null);
        } catch (Param e) {
            throw new Refusal(op.badParam, e.getMessage(), op.badParam == 405 ? allowed : null);
        }
    }

    static class Param extends RuntimeException {
        Param(String detail) { super(detail, null, false, false); }
    }

    static void authenticate(Request q, Op op, String param) {
        if (Server.is("f40") && List.of("createUser", "updateUser", "deleteUser").contains(op.id)) {
            String c = q.h("cookie");
            if (c != null) for (String x : c.split(";\\s*")) if (x.startsWith("session=") && sessions.contains(x.substring(8))) return;
            throw new Refusal(401, "Log in first.");
        }
        if (!op.secured) return;
        String key = q.first("api_key");
        if (Server.KEY.equals(key)) return;
        if (Server.is("b01") && op.id.equals("getInventory")) return;
        if (Server.is("b02") && (op.id.equals("findPetsByTags") || op.id.equals("uploadFile")) && !Text.blank(key)) return;
        if (Server.is("b03") && op.id.equals("updatePet") && q.h("content-type") != null && q.h("content-type").contains("xml")) return;
        if (Server.is("b04") && op.id.equals("deletePet") && Schema.integer(param) != null) synchronized (Store.LOCK) {
            Store.pets.remove(Schema.integer(param));
        }
        if (Server.is("b06") && op.id.equals("getPetById") && Schema.integer(param) != null && Store.pet(Schema.integer(param)) == null)
            throw new Refusal(404, "Pet not found.");
        throw new Refusal(Server.is("f05") ? 403 : 401, key == null ? "The header api_key is missing." : "The api_key is not known.");
    }

    static String negotiate(String accept, boolean xml) {
        if (Text.blank(accept)) return J;
        double j = quality(accept, "json"), x = xml ? quality(accept, "xml") : 0;
        if (j <= 0 && x <= 0) return null;
        return x > j ? X : J;
    }

    static double quality(String accept, String sub) {
        int best = 0;
        double q = 0;
        for (String range : accept.split(",")) {
            String[] p = range.trim().split("\\s*;\\s*");
            String t = p[0].trim().toLowerCase(Locale.ROOT);
            int rank = t.equals("application/" + sub) ? 3 : t.equals("application/*") ? 2 : t.equals("*/*") ? 1 : 0;
            if (rank == 0 || rank < best) continue;
            double w = 1;
            for (int i = 1; i < p.length; i++) if (p[i].matches("(?i)q\\s*=\\s*[0-9.]+")) {
                try {
                    w = Double.parseDouble(p[i].substring(p[i].indexOf('=') + 1).trim());
                } catch (NumberFormatException e) {
                    w = 1;
                }
            }
            if (rank == best) w = Math.max(w, q);
            best = rank;
            q = w;
        }
        return q;
    }

    // -------------------------------------------------------------------------------------------- the operations

    static Response done(int status) {
        if (Server.is("f04")) return new Response(204);
        return new Response(status);
    }

    /** The record as it is shown. */
    static Map<String, Object> show(Map<String, Object> m, String schema) {
        if (!Server.is("f25") && !(Server.is("f26") && schema.equals("User"))) return m;
        Map<String, Object> c = new LinkedHashMap<>();
        if (Server.is("f25")) c.put("_rev", UUID.randomUUID().toString());
        c.putAll(m);
        if (Server.is("f26")) c.remove("password");
        if (Server.is("f25")) {
            c.put("lastReadAt", Instant.now().toString());
            c.put("_links", Store.map("self", "/" + schema.toLowerCase(Locale.ROOT) + "/" + System.nanoTime(), "up", "/"));
            c.put("Name", (long) (Math.random() * 1000));
        }
        return c;
    }

    static Response reply(String as, String schema, Map<String, Object> m) {
        Map<String, Object> c = show(m, schema);
        if (as.equals(X)) return new Response(200).body("application/xml", Xml.document(schema, c));
        return new Response(200).body(J, Json.write(c));
    }

    static Response reply(String as, List<Map<String, Object>> pets) {
        List<Map<String, Object>> l = new ArrayList<>();
        for (Map<String, Object> p : pets) l.add(show(p, "Pet"));
        if (Server.is("f24")) Collections.shuffle(l);
        if (as.equals(X)) return new Response(200).body("application/xml", Xml.list(Server.is("f20") ? "ArrayOfPet" : "Pets", "Pet", l));
        return new Response(200).body(J, Json.write(l));
    }

    static Object json(Request q) {
        if (Server.is("b14") && q.body.length > 8192) q.body = Arrays.copyOf(q.body, 8192);
        if (q.body.length == 0) throw new Bad("A body is needed.");
        if (Server.is("b17") && q.op.equals("placeOrder")) {
            try {
                return Json.read(q.body);
            } catch (Bad e) {
                throw new IllegalStateException(e);
            }
        }
        return Json.read(q.body);
    }

    static long petId(String param) {
        Long id = Schema.integer(param);
        if (id == null || id < 0) throw new Param("Invalid ID supplied.");
        return id;
    }

    static Refusal none(String what) { return new Refusal(404, what + " not found."); }

    static Response call(Request q, Op op, String param, String type, String as) {
        switch (op.id) {
            case "addDomain": return addDomain(q);
            case "updatePet": return updatePet(q, type);
            case "findPetsByStatus": {
                List<String> want = items(q, "status");
                for (String s : want) if (!Schema.STATUSES.contains(s)) throw new Param("Invalid status value.");
                List<Map<String, Object>> l = new ArrayList<>();
                for (Map<String, Object> p : Store.listed()) if (want.contains(p.get("status"))) l.add(p);
                return reply(as, l);
            }
            case "findPetsByTags": {
                List<String> want = items(q, "tags");
                List<Map<String, Object>> l = new ArrayList<>();
                for (Map<String, Object> p : Store.listed()) if (tagged(p, want)) l.add(p);
                return reply(as, l);
            }
            case "getPetById": {
                Map<String, Object> p = Store.pet(petId(param));
                if (p == null) throw none("Pet");
                return reply(as, "Pet", p);
            }
            case "updatePetWithForm": return form(q, param);
            case "deletePet": {
                long id = petId(param);
                if (Store.pet(id) == null) throw none("Pet");
                Store.write(() -> {
                    Map<String, Object> p = Store.pets.remove(id);
                    if (p != null) Store.ghosts.put(id, p);
                });
                Response r = done(Server.is("f10") ? 202 : 200);
                return Server.is("f03") ? r.body(J, Json.write(Store.map("code", 200L, "type", "unknown", "message", "" + id))) : r;
            }
            case "uploadFile": return upload(q, param);
            case "getInventory": {
                Map<String, Object> m = Server.is("b29") ? Store.frozenInventory : Store.count(Store.listed());
                if (Server.is("f15")) {
                    m.values().removeIf(v -> v.equals(0L));
                    m.put("returned", 3L);
                    m.put("in-quarantine", 0L);
                }
                return new Response(200).body(J, Json.write(m));
            }
            case "placeOrder": return order(q, as);
            case "getOrderById":
            case "deleteOrder": {
                Map<String, Object> o;
                boolean get = op.id.equals("getOrderById");
                if (Server.is("b32") && get && param != null && param.matches("\\d+") && new BigInteger(param).compareTo(BigInteger.TEN) > 0)
                    throw new Param("Invalid ID supplied.");
                synchronized (Store.LOCK) {
                    o = Store.orders.get(param);
                    if (o != null && !get && !Server.is("b33")) Store.orders.remove(param);
                }
                if (o != null) {
                    if (!get) return Server.is("f03") ? done(200).body("text/plain", "OK") : done(200);
                    Map<String, Object> m = new LinkedHashMap<>();
                    if (o.get("name") != null) m.put("name", o.get("name"));
                    return reply(as, "DomainIn", m);
                }
                Long id = Schema.integer(param);
                if (!Server.is("f23") && (id == null || id < 1 || get && id > 10)) throw new Param("Invalid ID supplied.");
                throw none("Order");
            }
            case "createUser": {
                Map<String, Object> in = newUser(json(q));
                if (Server.is("b34")) {
                    Map<String, Map<String, Object>> all;
                    synchronized (Store.LOCK) { all = new LinkedHashMap<>(Store.users); }
                    Server.pause(25);
                    Map<String, Object> u = Store.userRow(in, (String) in.get("username"), null);
                    all.put((String) u.get("username"), u);
                    synchronized (Store.LOCK) { Store.users = all; }
                    return new Response(200);
                }
                synchronized (Store.LOCK) { store(in); }
                if (!Server.is("f01")) return new Response(200);
                return new Response(201).set("Location", "/v2/user/" + URLEncoder.encode((String) in.get("username"), StandardCharsets.UTF_8).replace("+", "%20"));
            }
            case "createUsersWithListInput": {
                Object v = json(q);
                if (!(v instanceof List)) throw new Bad("An array of users is needed.");
                List<Map<String, Object>> in = new ArrayList<>();
                for (Object x : (List<Object>) v) {
                    in.add(newUser(x));
                    if (Server.is("b26")) synchronized (Store.LOCK) { store(in.get(in.size() - 1)); }
                }
                synchronized (Store.LOCK) {
                    if (Server.is("f36")) {
                        Set<Object> mails = new HashSet<>();
                        for (Map<String, Object> u : in)
                            if (Store.emailTaken(u) || u.get("email") != null && !mails.add(u.get("email"))) throw new Refusal(409, "This email is taken.");
                    }
                    for (Map<String, Object> u : in) store(u);
                }
                return new Response(Server.is("f01") ? 201 : 200);
            }
            case "loginUser": return login(q, as);
            case "logoutUser":
                if (Server.is("b19")) return new Response(302).set("Location", "/v2/user/login");
                return new Response(200);
            case "getUserByName": return getUser(param, as);
            case "updateUser": {
                if (Text.blank(param)) throw new Param("Invalid username supplied.");
                Map<String, Object> in = Schema.USER.take(json(q));
                synchronized (Store.LOCK) {
                    Map<String, Object> before = Store.user(param);
                    if (before == null) throw none("User");
                    Map<String, Object> u = Store.userRow(in, param, before);
                    if (Server.is("f36") && Store.emailTaken(u)) throw new Refusal(409, "This email is taken.");
                    if (Server.is("b24") && Long.valueOf(0).equals(u.get("userStatus")) && before.containsKey("userStatus")) u.put("userStatus", before.get("userStatus"));
                    if (Server.is("f02")) before.forEach(u::putIfAbsent);
                    Store.write(() -> Store.users.replace(Text.key(param), u));
                }
                Response r = done(Server.is("f10") ? 202 : 200);
                return Server.is("f03") ? r.body("text/html", "<p>Saved, <b>thank you</b>!") : r;
            }
            default: { // deleteUser
                if (Text.blank(param)) throw new Param("Invalid username supplied.");
                synchronized (Store.LOCK) {
                    if (Store.user(param) == null) throw none("User");
                    String k = Text.key(param);
                    Store.users.remove(k);
                    if (Server.is("b20")) Store.users.keySet().removeIf(x -> x.startsWith(k));
                }
                return Server.is("f03") ? done(200).body("text/plain", "OK") : done(200);
            }
        }
    }

    static List<String> items(Request q, String name) {
        boolean lazy = Server.is("b09") && name.equals("tags");
        List<String> l = new ArrayList<>();
        for (String[] p : Text.pairs(q.query, true, lazy)) {
            if (!name.equals(p[0])) continue;
            if (p[1] == null) throw new Param("The query is malformed.");
            for (String x : p[1].split(",")) {
                String y = lazy ? Text.percent(x, true) : x;
                if (!Text.blank(y)) l.add(Text.house(y.strip()));
            }
        }
        if (l.isEmpty()) throw new Param("Invalid " + (name.equals("tags") ? "tag" : name) + " value.");
        return Server.is("b08") && name.equals("status") ? l.subList(0, 1) : l;
    }

    static boolean tagged(Map<String, Object> p, List<String> want) {
        if (!(p.get("tags") instanceof List)) return false;
        for (Object t : (List<Object>) p.get("tags")) {
            if (want.contains(((Map<String, Object>) t).get("name"))) return true;
            if (Server.is("b30")) return false;
        }
        return false;
    }

    static Response addDomain(Request q) {
        Object v = json(q);
        if (Server.is("b18") && v instanceof Map && ((Map<String, Object>) v).get("name") instanceof BigDecimal) ((Map<String, Object>) v).replaceAll((k, x) -> String.valueOf(x));
        Map<String, Object> in = Schema.DOMAIN_IN.take(v);
        String name = (String) Text.house(in.get("name"));
        if (Text.blank(name)) throw new Bad("A domain needs a name.");
        if (Server.is("f13")) name = name.toLowerCase(Locale.ROOT);
        String id = "dom_" + UUID.randomUUID().toString().replace("-", "").substring(0, 16);
        Map<String, Object> d = Store.map("id", id, "name", name, "validate", "inboxes-verification=" + id.substring(4), "status", "missing validation", "active", false);
        synchronized (Store.LOCK) { Store.domains.put(id, d); }
        Response r = reply(J, "Domain", d);
        if (Server.is("f01")) {
            r.status = 201;
            r.set("Location", "/v2/domain/" + id);
        }
        return r;
    }

    static Response updatePet(Request q, String type) {
        if (q.body.length == 0) throw new Bad("A body is needed.");
        Object v = type.equals(X) ? Xml.read(q.body, Schema.PET) : json(q);
        if (!(v instanceof Map)) throw new Bad("A pet is an object.");
        Long id = Schema.integer(((Map<String, Object>) v).get("id"));
        if (id == null || id < 0) throw new Refusal(400, "Invalid ID supplied.");
        Map<String, Object> p = (Map<String, Object>) Text.house(Schema.PET.take(v));
        if (Server.is("f13") && p.get("category") != null)
            ((Map<String, Object>) p.get("category")).computeIfPresent("name", (k, x) -> ((String) x).toLowerCase(Locale.ROOT));
        if (Server.is("b21")) p.put("photoUrls", new ArrayList<Object>(Arrays.asList(String.join(",", (List<String>) p.get("photoUrls")).split(","))));
        if (Server.is("b22") && p.get("tags") != null) for (Object t : (List<Object>) p.get("tags"))
            ((Map<String, Object>) t).computeIfPresent("id", (k, x) -> (long) ((Long) x).intValue());
        synchronized (Store.LOCK) {
            Map<String, Object> before = Store.pets.get(id);
            if (before == null) throw none("Pet");
            if (Server.is("f02")) before.forEach(p::putIfAbsent);
            Store.write(() -> Store.pets.replace(id, p));
        }
        Response r = done(Server.is("f10") ? 202 : 200);
        return Server.is("f03") ? r.body(J, Json.write(p)) : r;
    }

    static Response form(Request q, String param) {
        long id = petId(param);
        Map<String, String> f = new HashMap<>();
        String raw = Text.utf8(q.body);
        if (raw == null) throw new Bad("The form is not UTF-8.");
        for (String[] p : Text.pairs(raw, !Server.is("b11"), false)) {
            if (p[0] == null || p[1] == null) throw new Bad("The form is malformed.");
            f.putIfAbsent(p[0], p[1]);
        }
        String status = f.get("status");
        if (status != null && !Schema.STATUSES.contains(status)) throw new Bad("status must be one of " + Schema.STATUSES + ".");
        if (Server.is("b31") && !f.isEmpty()) f.put("name", String.valueOf(f.get("name")));
        String name = f.get("name") == null ? null : Text.house(f.get("name"));
        synchronized (Store.LOCK) {
            if (Store.pets.get(id) == null) throw none("Pet");
            Store.write(() -> {
                Map<String, Object> before = Store.pets.get(id);
                if (before == null) return;
                Map<String, Object> p = new LinkedHashMap<>(before);
                if (name != null) p.put("name", name);
                if (status != null) p.put("status", status);
                Store.pets.put(id, p);
            });
        }
        Response r = done(Server.is("f10") ? 202 : 200);
        return Server.is("f03") ? r.body("text/plain", "Pet " + id + " updated") : r;
    }

    static int find(byte[] in, byte[] what, int from) {
        outer:
        for (int i = from; i + what.length <= in.length; i++) {
            for (int k = 0; k < what.length; k++) if (in[i + k] != what[k]) continue outer;
            return i;
        }
        return -1;
    }

    static Response upload(Request q, String param) {
        long id = petId(param);
        String meta = null, file = null;
        int size = 0;
        if (q.body.length > 0) {
            java.util.regex.Matcher m = java.util.regex.Pattern.compile("(?i);\\s*boundary\\s*=\\s*(?:\"((?:[^\"\\\\]|\\\\.)+)\"|([^\\s;\"]+))").matcher(q.first("content-type"));
            if (!m.find()) throw new Bad("The boundary is missing.");
            String boundary = m.group(1) != null ? m.group(1).replaceAll("\\\\(.)", "$1") : m.group(2);
            byte[] b = q.body, mark = ("\r\n--" + boundary).getBytes(StandardCharsets.ISO_8859_1);
            byte[] all = new byte[b.length + 2];
            all[0] = '\r';
            all[1] = '\n';
            System.arraycopy(b, 0, all, 2, b.length);
            int at = find(all, mark, 0);
            if (at < 0) throw new Bad("No part was found.");
            while (true) {
                int i = at + mark.length;
                if (i + 1 < all.length && all[i] == '-' && all[i + 1] == '-') break;
                while (i < all.length && (all[i] == ' ' || all[i] == '\t')) i++;
                if (i + 1 >= all.length || all[i] != '\r' || all[i + 1] != '\n') throw new Bad("Malformed multipart.");
                int next = find(all, mark, i);
                if (next < 0) throw new Bad("The multipart body does not end.");
                int end = find(all, "\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1), i);
                if (end < 0 || end > next) throw new Bad("A part has no header.");
                String[] name = disposition(new String(all, i + 2, Math.max(0, end - i - 2), StandardCharsets.UTF_8));
                byte[] data = Arrays.copyOfRange(all, Math.min(end + 4, next), next);
                if ("additionalMetadata".equals(name[0])) {
                    meta = Text.utf8(data);
                    if (meta == null) throw new Bad("additionalMetadata is not UTF-8.");
                } else if ("file".equals(name[0])) {
                    file = name[1] == null ? "file" : name[1];
                    size = data.length;
                }
                at = next;
            }
        }
        if (Server.is("b07") && file != null && meta.isEmpty()) meta = "none";
        if (Store.pet(id) == null) throw none("Pet");
        String text = "additionalMetadata: " + meta + (file == null ? "" : "\nFile uploaded to ./" + file + ", " + size + " bytes");
        return reply(J, "ApiResponse", Store.map("code", 200L, "type", "unknown", "message", text));
    }

    static String[] disposition(String headers) {
        for (String h : headers.split("\r\n")) {
            if (!h.toLowerCase(Locale.ROOT).startsWith("content-disposition:")) continue;
            String[] r = new String[2];
            java.util.regex.Matcher m = java.util.regex.Pattern.compile("(?i);\\s*(name|filename)\\s*=\\s*(?:\"((?:[^\"\\\\]|\\\\.)*)\"|([^\\s;\"]*))").matcher(h);
            while (m.find()) r[m.group(1).equalsIgnoreCase("name") ? 0 : 1] = m.group(2) != null ? m.group(2).replaceAll("\\\\([\"\\\\])", "$1") : m.group(3);
            if (r[0] == null) throw new Bad("A part has no name.");
            return r;
        }
        throw new Bad("A part has no Content-Disposition.");
    }

    static Response order(Request q, String as) {
        Map<String, Object> in = (Map<String, Object>) Text.house(Schema.DOMAIN.take(json(q)));
        String id = (String) in.get("id");
        if (id != null && (!id.matches("[1-9]\\d{0,15}") || Long.parseLong(id) > Server.SAFE)) throw new Bad("Invalid Order.");
        if (Server.is("f13") && in.get("name") != null) in.put("name", ((String) in.get("name")).toLowerCase(Locale.ROOT));
        Map<String, Object> o = new LinkedHashMap<>();
        synchronized (Store.LOCK) {
            if (Server.is("f22")) id = UUID.randomUUID().toString();
            if (id == null) {
                while (Store.orders.containsKey("" + Store.nextOrder)) Store.nextOrder++;
                id = "" + Store.nextOrder++;
            }
            o.put("id", id);
            in.remove("id");
            o.putAll(in);
            if (Server.is("f17")) {
                o.put("status", "validated");
                o.put("validate", "inboxes-order=" + id);
                o.put("active", true);
            }
            Store.orders.put(id, o);
        }
        return reply(as, "Domain", o);
    }

    static Map<String, Object> newUser(Object v) {
        Map<String, Object> in = Schema.USER.take(v);
        String name = (String) in.get("username");
        if (Text.blank(name)) throw new Bad("A user needs a username.");
        if (RESERVED.contains(name)) throw new Bad("This username is reserved.");
        return in;
    }

    static void store(Map<String, Object> in) {
        Map<String, Object> u = Store.userRow(in, (String) in.get("username"), null);
        if (Server.is("f36") && Store.emailTaken(u)) throw new Refusal(409, "This email is taken.");
        Store.users.put((String) u.get("username"), u);
    }

    static Response login(Request q, String as) {
        String name = null, pass = null;
        String raw = q.query;
        if (Server.is("b12")) raw = raw.contains("%") ? String.valueOf(Text.percent(raw, false)) : raw;
        for (String[] p : Text.pairs(raw, true, false)) {
            if ("username".equals(p[0]) && name == null) name = p[1];
            if ("password".equals(p[0]) && pass == null) pass = p[1];
        }
        if (Text.blank(name) || pass == null) throw new Param("Invalid username/password supplied.");
        String key = Text.key(name);
        Map<String, Object> u = Store.user(name);
        if (Server.is("f37") && wrong.getOrDefault(key, 0) >= 3) throw new Param("This account is locked.");
        if (u != null && !Text.house(pass).equals(u.getOrDefault("password", ""))) {
            wrong.merge(key, 1, Integer::sum);
            throw new Param("Invalid username/password supplied.");
        }
        wrong.remove(key);
        String token, expires = Instant.now().plusSeconds(3600).truncatedTo(java.time.temporal.ChronoUnit.SECONDS).toString();
        try {
            byte[] d = MessageDigest.getInstance("SHA-256").digest(("inboxes:" + key).getBytes(StandardCharsets.UTF_8));
            token = "session-" + String.format("%064x", new BigInteger(1, d)).substring(0, 32);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
        if (Server.is("f12")) {
            byte[] rnd = new byte[600];
            new SecureRandom().nextBytes(rnd);
            Base64.Encoder e = Base64.getUrlEncoder().withoutPadding();
            token = e.encodeToString("{\"alg\":\"HS256\",\"typ\":\"JWT\"}".getBytes()) + "." + e.encodeToString(rnd) + "." + e.encodeToString(Arrays.copyOf(rnd, 32));
            expires = LocalDateTime.now(ZoneOffset.UTC).plusHours(1).format(DateTimeFormatter.ofPattern("yyyy-MM-dd'T'HH:mm:ss.nnnnnnnnn")) + "+00:00";
        }
        if (Server.is("b39")) expires = DateTimeFormatter.ofPattern("EEE MMM dd HH:mm:ss 'UTC' yyyy", Locale.ENGLISH).withZone(ZoneOffset.UTC).format(Instant.now().plusSeconds(3600));
        Response r = new Response(200);
        if (as.equals(X)) r.body("application/xml", Xml.document("string", token));
        else r.body(J, Json.write(token));
        if (Server.is("f40")) {
            sessions.add(token);
            r.add("Set-Cookie", "session=" + token + "; Path=/; HttpOnly");
        }
        return r.set("X-Rate-Limit", "5000").set("X-Expires-After", expires);
    }

    static Response getUser(String param, String as) {
        if (Text.blank(param)) throw new Param("Invalid username supplied.");
        if (Server.is("b27")) {
            Object[] hit = cache.get(param);
            if (hit != null && System.currentTimeMillis() - (Long) hit[0] < 20000) return reply(as, "User", (Map<String, Object>) hit[1]);
        }
        Map<String, Object> u = Store.user(param);
        if (u == null) throw none("User");
        if (Server.is("b35")) {
            current = u;
            Server.pause(4);
            u = current;
        }
        if (Server.is("b27")) cache.put(param, new Object[] {System.currentTimeMillis(), u});
        return reply(as, "User", u);
    }
}

/** The API's published document, packed. */
class Doc {
    static byte[] bytes() {
        try (GZIPInputStream g = new GZIPInputStream(new ByteArrayInputStream(Base64.getDecoder().decode(PACKED)))) {
            return g.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
    static final String PACKED = ""
        + "H4sIACqvCGsC/+1a62/cuBH/VwhdP/SA9cp5XD8E1yLO+VIsmkuM2G6vCIIeLXF3eZFEHUntemv4f7+ZIaVdSdQ+7HXaAg2CxBaH5Dx+8+CQd5EqRcFLGb2KXoxPxy+iUS"
        + "SLqYpe3UVW2kzA90lxo26FYediITIg1+zsYgJ0qTCJlqWVqgCqq7k0DP5yZnheZoIZoRdAeyGssUrXv48Z+6eqWMILNpVFylRlWY7D/AZ/xD+XSz6bwUxu2ae5teWrODbu"
        + "01iqz3/sffqWKc1UwT5JnYynWohCpWJcCDti33iqwKwYqONvx7QjewsrWBTA8T5iK89jZQQMAHelZF/Eiv1iSpFInp3AL78wq5gVxjqKys6Vlv/mqA9adCozK7QZg6pAcO"
        + "PU9AyUfApfYCQ3H6aXoBSZoJY9gxKUnQgzTlQeE00MxIkqLE8sGkXkXGZAjkZ6LZ1lkDi6vx9F4hamFDw7V4lB4raF3gb07XUNe1Q6W3OxVlMEyzrLwYqf7jbIDNCBWsYb"
        + "TMSL50B/114rRPMZFMBnbsWC5yh/qkCyogerH2HnFZimmHmOwTIOVLSTn1wKu/krAW7zA5hR064lt3NSTez3gx9LZUi1nqOaE6A2VZ5zvYIFztIUkF2IJXOjaPobgfBI2c"
        + "2KefmAe/QPgsAkhWk8Tc9rubT4rQKwvFHpqm8bR8XUza8iQTxxEpQtVZWlLJNfBG4Iq/l1pBawvNWVcOAQBUnAyzKTCW0f/2oUSWeSOWAGf/qDFlPY6psYrFCqAuaY2I2a"
        + "2O0/KQBGCCQtDFAYQap6efpdn+FJseCZTEHysrIEPiOSSku7IqOC0f8FLgI/f77/DINItKFitFdLv9dlyi2AsmDiVhqL5kaarj4rIrugka36BJKWMgshUuONBmoEq6Hvgt"
        + "s6qDyRVpFRVM3mCrd5dugCAYucDltkcs5MhRuCMDDx5enLsHoKZdlUVYWnCtj477iei2fiNhHu8w5Tw2gMlosxuL9ZXVpuK2J5JrYDAIOTIb9GfzJuXjcY/FRlVlJuoXEG"
        + "AgMEKFCDXUutFhJNu5R2zkCbOeQiUXLAD3w0VgOq+i6KjOK2DbMYJDSEDVuHvCao+GGMGhFgD/juMnjZ4qtBngceYMoAg4AyULz2+SGAPWNXlHiBKI8wqpcZZLTo1ZRnBo"
        + "cb6NhViXRca468SCtys/HdiYwrFFWOWucLSB78JkPAQ9pP3ahRWRqB5TA+tmD2PAQzUyWQn8y0ylijyGjQX3poH2J5Dy8Y7fDERyx9Ty6wxak2AXeYC1wR4g91ACILwJ/Q"
        + "j4MHgX7MrqGOqf/A9Gcj/Pc5/fuCwIh1DJCOt/jHleMp7B2e4S2+gdPRERzsQcinR/7/Mb0N02CywwB9B/9M0vt90YwZHLE8Oe9h4aOwlS7osAB2AkiHkj3sAaK8WU3SQd"
        + "QRQzXssLbr7QTZUE2JE4Cepm1DuOsqXILlXV2MUOTWffrTy+jrIOrQouIhZclOfDygkNhZBnZK7YE6EIGBJsM6u67RXIBDazAg4cOl4T+A7q2LH0cATbd4dNukx8BQq3wd"
        + "QsbJcrk8wfkncKgSRQLhMA2GCFftotAaFWOlQ6eTuWs2p+aU4SiKilp2LtgJoKO67BlcwmfGbYvcP9GhIhUZGHcrns6JxOOphxm3gDtOhLFSb+nRMhc87ZRsQ6mpEX50AP"
        + "DQnSSVi16244aqr+vunbQRV5DMeTrJ+UyEjt092zl6g4dCSZP6Lo8Eb6WrZ4+RIJx3P6Vz53SE4RrKQ3RqCmUHuDOcXSUyzrOfhOX17LZEZw0NRUqUq+SGApjr5ITcfIpa"
        + "7C2FX51eUNO9eRvC38gCrRb09SNkyMMS3FkpP3oG6kpoB04pxcSyWMA6Sq8CJY5rFLQAWlcxLlW5qWCnLQfYdd2T8xJx56MnhnUy0G8VL6wkawfKoUnD39fQcBeJa+xdtD"
        + "C51SNePG8wsZcJlMYAGwgPAf1fZDyhnhFNomNMOM6XSPhBr0P3YN/IrUT07pBeVjqZc6xSN/LbE7bgoqfxn4MqzIaT0bHE2Zp4nGE6COlhIr6j/8LnjwA43AnEWU94hIQP"
        + "I9j8d5zUWmdWY0+X8AwzjKs96azE/vJn9gwwl7Lv4YfTcXOq/gDw0HXnZymzjM1EIdwxvOmeBb2a5N96zPGSP7RmnQoLRkn/x889Gy3q0fE63Y8uich6w0VRuE4N4NVVqs"
        + "dFLMRQiNgL0YwQPNeYfS9mnMYVSlCctMg6KMZLPya0VtoM1NF1gH0shjHOOul7SHYbpf9tZfFODGAsozuoQGKj7y0o/KAFKpwGgtes2PtTRbYilQC+qWMIWsvUbCbw+ERz"
        + "+728hBa+NrvzoGMhpXVYUwE8Sd4jdgJZLxVTDsXynjFmUOWxExq7Au+k0/y+FjAsgxkISaTwPjUDfyncCZXVbbkhLZt61wkdaHs6D6llTQLlFSnnjHZ5KvUAZtw1aCel9p"
        + "XyTs2MAwQ4kr89Wxkr8p4GaE0Ps3A0wGXox+0t47nzAtenwHLMcbuH+4eO33AIWkJg2b1nTbneEn0qyQTHRvmtPYiBx+RN12+gaT+ffARUnbyTuQwYPeFZhgcRzeZ4Pw6/"
        + "qaW7mrbzJpLsGSOpZB/Bhj/eliCiOTmbWhe62nvSjS3o5frqB7acC7wT/yLwqpBmRcM62dgO1zixMheuGX5gx31t5P2OMhsNqR2Zv8Zn3EBhnQS2uZJy99z7+RI+Z4B1NE"
        + "jcCd1wUDfGQaDnWTCrieBPEA/uatHv9xLkr1BwEscAtcZVQ1Uu8vxm9d6N7hcUgjUC+ieFg6Ey11124VrPWjdb7Kt57TGqXZ8VR8dJrHthfXedc212lbqddx59vNRt4+MX"
        + "N653d1DWCQKsDa7D2/5tCG2psTZV8R+qsXbi4hiY6B9/+rDwp5/jo8Jt/nhUDIedA84kg9HlK/mnS7E1OnB+q9rED+uCs7f6u41i+Ah4fcjVdoPjTdEucdC3x+uu4nr5Uv"
        + "6N7m+2XujQcm4PnHvevA3c3o2XacC4o+bOrVv1BOKMP+76J4cwd+HeXO0x//z9Jbv6+YppkWB94t4H4n/1Ekwt4ehu5rJs3+PtWNa9RGweQ9Vvh3JpqAu6aB6FRWtu8f0Q"
        + "pKoEmwkbW9woBTWze9TpqxO6LiPzNY2Yve8wD9YnviChB70wnK/cR/9YFhigd80PM3J37+tCgh9hr2BavySmJ6H7o4Gc6nX9ulSOBcvFaxCl/cQXlrv2bYQDmB5uhYzWwS"
        + "8E5KnUxr4fGs34lkH/Tjkw0hzDgoNz8PjgCDJ62cXw4AFmFIqMfjqp8YrPjqjFAQ3iRhe+gu5stA6bnyKffEB2q651ZjA1PpARiLZi5i+w9uuCDgN07TspJFkpvH08jwc8"
        + "wqofez8s5qOl7g8IYNgC99dqm+9H9n8GOYo27w93giShF2p7nKnr29MAuCF9GX8tHno78Tt8SERapjEAAA==";
}
