package dev.narrows.jobs.follow;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.narrows.files.Reason;
import dev.narrows.study.BadInput;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Serves the page of a followed study to browsers of this machine: {@code /} is the page, {@code /state} the progress
 * as JSON. It reads requests for these two alone, and only those that name this machine, so that a page from elsewhere
 * cannot read the results through the reader's browser.
 */
public final class FollowServer implements AutoCloseable {
    private static final int OK = 200;
    private static final int FORBIDDEN = 403;
    private static final int NOT_FOUND = 404;
    private static final int NOT_ALLOWED = 405;
    private static final int THREADS = 4;

    private final FollowedStudy study;
    private final HttpServer server;
    private final ExecutorService workers;
    private volatile boolean told;
    private volatile long lastAskedAt;

    private FollowServer(FollowedStudy study, HttpServer server) {
        this.study = study;
        this.server = server;
        workers = Executors.newFixedThreadPool(THREADS, work -> {
            Thread thread = new Thread(work, "narrows-follow");
            thread.setDaemon(true);
            return thread;
        });
        server.setExecutor(workers);
        server.createContext("/", this::answer);
        server.start();
    }

    /**
     * Serves a study on a port of the loopback address.
     *
     * @param port 0 for a free one
     * @throws BadInput where the port is taken
     */
    public static FollowServer start(FollowedStudy study, int port) {
        InetSocketAddress address = new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
        try {
            return new FollowServer(study, HttpServer.create(address, 0));
        } catch (IOException e) {
            throw new BadInput(
                    ("Cannot serve the report on port %d of this machine: %s; give another --port, or none for"
                                    + " a free one")
                            .formatted(port, Reason.of(e)));
        }
    }

    /** Address for a browser of this machine. */
    public String address() {
        return "http://%s:%d/".formatted(server.getAddress().getAddress().getHostAddress(), port());
    }

    private int port() {
        return server.getAddress().getPort();
    }

    /** True once a browser has learnt that the study has ended, or if none has asked for so long. */
    public boolean hasToldTheEnd(long patienceMillis) {
        return told || (System.nanoTime() - lastAskedAt) / 1_000_000 > patienceMillis;
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            lastAskedAt = System.nanoTime();
            String path = exchange.getRequestURI().getPath();
            if (!isOfThisMachine(exchange.getRequestHeaders().get("Host"))) {
                send(
                        exchange,
                        FORBIDDEN,
                        "text/plain",
                        () -> "Ask for this page by the address that narrows printed.\n");
            } else if (!exchange.getRequestMethod().equals("GET")) {
                send(exchange, NOT_ALLOWED, "text/plain", () -> "Only GET is answered.\n");
            } else if (path.equals("/")) {
                send(exchange, OK, "text/html", study::page);
            } else if (path.equals("/state")) {
                boolean over = study.isOver();
                String seen = exchange.getRequestURI().getQuery();
                send(exchange, OK, "application/json", study::state);
                told |= over && study.version().equals(seen);
            } else {
                send(exchange, NOT_FOUND, "text/plain", () -> "There is only the report, at /, and its /state.\n");
            }
        }
    }

    /** A page from elsewhere that resolves its own name to this machine still sends that name. */
    private boolean isOfThisMachine(@Nullable List<String> hosts) {
        return hosts != null
                && hosts.size() == 1
                && List.of("127.0.0.1", "localhost", "[::1]").stream()
                        .anyMatch(name -> hosts.get(0).equals(name + ":" + port()));
    }

    private static void send(HttpExchange exchange, int status, String type, Supplier<String> text) throws IOException {
        byte[] body = text.get().getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type + "; charset=utf-8");
        exchange.getResponseHeaders().set("Cache-Control", "no-store");
        exchange.getResponseHeaders().set("X-Content-Type-Options", "nosniff");
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }

    @Override
    public void close() {
        server.stop(0);
        workers.shutdownNow();
    }
}
