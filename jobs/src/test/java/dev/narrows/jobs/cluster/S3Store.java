package dev.narrows.jobs.cluster;

import dev.narrows.jobs.PythonEnvironment;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** An S3-compatible server on loopback (Moto) with one bucket, and drivers that reach it through Hadoop's S3A. */
final class S3Store implements AutoCloseable {
    static final String KEY = "ANYKEYID";
    static final String SECRET = "TOPSECRETTOPSECRET";

    private static final String BUCKET = "narrows";
    private static final Pattern ADDRESS = Pattern.compile("Running on (http://127\\.0\\.0\\.1:\\d+)");
    private static final int PATIENCE_SECONDS = 120;

    private final HttpClient client = HttpClient.newHttpClient();
    private final Path libraries;
    private final Process server;
    private final String address;

    private S3Store(Path folder, Path libraries, Process server) throws IOException, InterruptedException {
        this.libraries = libraries;
        this.server = server;
        address = await(folder.resolve("s3.log"));
        ask(HttpRequest.newBuilder(URI.create(address + "/" + BUCKET)).PUT(BodyPublishers.noBody()));
    }

    /**
     * Starts it; skips the test that asks where its Python packages or S3A's libraries cannot be had.
     *
     * @param checked true if it refuses unknown credentials, that is all
     */
    static S3Store start(Path folder, boolean checked) throws IOException, InterruptedException {
        Path python = PythonEnvironment.of("jobs/src/test/s3/requirements.txt").python();
        Path libraries = FetchedLibraries.of(Path.of("../conf/clusters/s3/pom.xml"), "s3");
        ProcessBuilder builder = new ProcessBuilder(
                        python.toString(), "-u", "-m", "moto.server", "-H", "127.0.0.1", "-p", "0")
                .directory(folder.toFile())
                .redirectErrorStream(true)
                .redirectOutput(folder.resolve("s3.log").toFile());
        if (checked) {
            // The bucket is made before it begins to ask.
            builder.environment().put("INITIAL_NO_AUTH_ACTION_COUNT", "1");
        }
        Process server = builder.start();
        try {
            return new S3Store(folder, libraries, server);
        } catch (IOException | InterruptedException | RuntimeException e) {
            server.destroyForcibly();
            throw e;
        }
    }

    private String await(Path log) throws IOException, InterruptedException {
        for (int i = 0; i < PATIENCE_SECONDS * 10 && server.isAlive(); i++) {
            Matcher found = ADDRESS.matcher(Files.readString(log));
            if (found.find()) {
                return found.group(1);
            }
            Thread.sleep(100);
        }
        throw new IllegalStateException("Cannot start the S3 server: " + Files.readString(log));
    }

    /** Starts Narrows in a process of its own, which says all that it says into a file. */
    Process narrows(Path said, String... arguments) throws IOException {
        List<String> command = StandaloneCluster.javaCommand(
                "-Xmx512m",
                "-Dspark.ui.enabled=false",
                "-Dspark.hadoop.fs.s3a.endpoint=" + address,
                "-Dspark.hadoop.fs.s3a.endpoint.region=us-east-1",
                "-Dspark.hadoop.fs.s3a.path.style.access=true",
                "-Dspark.hadoop.fs.s3a.attempts.maximum=2",
                "-Djava.io.tmpdir=" + said.getParent());
        int classPath = command.size() - 1;
        command.set(classPath, command.get(classPath) + java.io.File.pathSeparator + libraries + "/*");
        command.add("dev.narrows.jobs.Narrows");
        command.addAll(List.of(arguments));
        ProcessBuilder builder = new ProcessBuilder(command)
                .directory(said.getParent().toFile())
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.appendTo(said.toFile()));
        builder.environment()
                .putAll(Map.of(
                        "AWS_ACCESS_KEY_ID", KEY, "AWS_SECRET_ACCESS_KEY", SECRET, "SPARK_LOCAL_IP", "127.0.0.1"));
        return builder.start();
    }

    /** Address of the results of that name, for {@code --output}. */
    String results(String name) {
        return "s3a://" + BUCKET + "/" + name;
    }

    /** The names of what lies under results of that name. */
    List<String> names(String name) throws IOException, InterruptedException {
        String list = new String(
                ask(HttpRequest.newBuilder(
                        URI.create("%s/%s?list-type=2&prefix=%s/".formatted(address, BUCKET, name)))),
                java.nio.charset.StandardCharsets.UTF_8);
        List<String> names = new ArrayList<>();
        Matcher key = Pattern.compile("<Key>" + Pattern.quote(name) + "/([^<]+)</Key>")
                .matcher(list);
        while (key.find()) {
            names.add(key.group(1));
        }
        return names;
    }

    /** Number of trials that the journal of results of that name holds one by one. */
    long rows(String name) throws IOException, InterruptedException {
        try (Stream<String> names = names(name).stream()) {
            return names.filter(file -> file.matches("_journal/[0-9a-f]+\\.parquet"))
                    .count();
        }
    }

    /** Fetches a file of results. */
    byte[] get(String file) throws IOException, InterruptedException {
        return ask(HttpRequest.newBuilder(URI.create(address + "/" + BUCKET + "/" + file))
                // It wants to know who asks, and believes it.
                .header(
                        "Authorization",
                        ("AWS4-HMAC-SHA256 Credential=%s/20260101/us-east-1/s3/aws4_request,"
                                        + " SignedHeaders=host, Signature=x")
                                .formatted(KEY)));
    }

    private byte[] ask(HttpRequest.Builder request) throws IOException, InterruptedException {
        HttpResponse<byte[]> answer = client.send(request.build(), BodyHandlers.ofByteArray());
        if (answer.statusCode() != 200) {
            throw new IOException("%s answers %d".formatted(answer.uri(), answer.statusCode()));
        }
        return answer.body();
    }

    @Override
    public void close() {
        server.destroyForcibly().onExit().join();
    }
}
