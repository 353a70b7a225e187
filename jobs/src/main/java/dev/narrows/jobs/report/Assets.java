package dev.narrows.jobs.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Style and scripts of the page, the same in every report. */
record Assets(String style, List<String> libraries, String script) {
    /** Scripts of the page in their order; they share one scope. */
    private static final List<String> SCRIPTS = List.of(
            "page.js",
            "numbers.js",
            "colours.js",
            "figure.js",
            "selection.js",
            "labels.js",
            "budget.js",
            "choices.js",
            "knobs.js",
            "parallel.js",
            "effects.js",
            "slices.js",
            "importance.js",
            "distributions.js",
            "learning.js",
            "narrow-ends.js",
            "proxies.js",
            "latency.js",
            "variants.js",
            "start.js",
            "live.js");

    private static final Assets READ = load();

    static Assets read() {
        return READ;
    }

    private static Assets load() {
        String scripts = SCRIPTS.stream().map(Assets::own).collect(Collectors.joining("\n"));
        return new Assets(
                webjar("tabulator-tables", "dist/css/tabulator.min.css") + own("report.css"),
                List.of(webjar("echarts", "echarts.min.js"), webjar("tabulator-tables", "dist/js/tabulator.min.js")),
                "(() => {\n'use strict';\n" + scripts + "\n})();");
    }

    /**
     * The rule for the browser: run these scripts and no other, and load nothing. A script that came in with a class's
     * name would not run even if it were taken for one.
     *
     * @param live true for a page that may ask its server for news
     */
    String policy(boolean live) {
        String hashes = Stream.concat(libraries.stream(), Stream.of(script))
                .map(Assets::hash)
                .collect(Collectors.joining(" "));
        return ("default-src 'none'; script-src %s; style-src 'unsafe-inline'; img-src data: blob:; base-uri"
                        + " 'none'; form-action 'none'%s")
                .formatted(hashes, live ? "; connect-src 'self'" : "");
    }

    private static String hash(String script) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(script.getBytes(StandardCharsets.UTF_8));
            return "'sha256-%s'".formatted(Base64.getEncoder().encodeToString(hash));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Cannot hash: every Java platform has SHA-256", e);
        }
    }

    private static String own(String name) {
        return text("/dev/narrows/jobs/report/" + name);
    }

    /** A file of a library whose version the build wrote down. */
    private static String webjar(String name, String file) {
        Properties versions = new Properties();
        try (InputStream in = open("/dev/narrows/jobs/libraries.properties")) {
            versions.load(in);
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read the versions of libraries", e);
        }
        return text("/META-INF/resources/webjars/%s/%s/%s".formatted(name, versions.getProperty(name), file));
    }

    /** Text of a file for a script or style element: nothing in it may look like the element's end. */
    private static String text(String path) {
        try (InputStream in = open(path)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8)
                    .replace("\r\n", "\n")
                    .replace("</script", "<\\/script")
                    .replaceAll("(?m)^//# sourceMappingURL=.*$|/\\*# sourceMappingURL=.*?\\*/", "");
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + path, e);
        }
    }

    private static InputStream open(String path) throws IOException {
        InputStream in = Assets.class.getResourceAsStream(path);
        if (in == null) {
            throw new IOException("there is no %s on the class path".formatted(path));
        }
        return in;
    }
}
