package dev.narrows.jobs.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.google.gson.JsonObject;
import com.google.gson.JsonParser;
import dev.narrows.jobs.follow.FollowServer;
import dev.narrows.jobs.follow.FollowedStudy;
import dev.narrows.study.BadInput;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The server of a report. */
class FollowServerTest {
    @TempDir
    private Path folder;

    private static HttpResponse<String> get(String address) throws IOException, InterruptedException {
        return HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(address)).build(),
                        HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
    }

    private FollowedStudy study(boolean running) throws IOException {
        MadeUpStudy made = MadeUpStudy.usual(folder);
        made.completed(made.variants().get(0), 0, false);
        return new FollowedStudy(() -> made.results(running), () -> List.of("one on host-1"), 0);
    }

    @Test
    void itServesThePageAndTheProgress() throws Exception {
        try (FollowServer server = FollowServer.start(study(true), 0)) {
            HttpResponse<String> page = get(server.address());
            assertThat(page.statusCode()).isEqualTo(200);
            assertThat(page.body().substring(0, 2000))
                    .contains("data-version=\"1-0-32-true\"", "connect-src &#39;self&#39;");
            JsonObject state = JsonParser.parseString(
                            get(server.address() + "state").body())
                    .getAsJsonObject();
            assertThat(state.get("ended").getAsInt()).isEqualTo(1);
            assertThat(state.get("planned").getAsInt()).isEqualTo(32);
            assertThat(state.get("over").getAsBoolean()).isFalse();
            assertThat(state.get("words").getAsString()).isEqualTo("1 of 32 trials have ended, 1 running");
            assertThat(get(server.address() + "etc/passwd").statusCode()).isEqualTo(404);
        }
    }

    @Test
    void aRequestUnderAnotherNameIsRefused() throws Exception {
        try (FollowServer server = FollowServer.start(study(true), 0);
                Socket socket = new Socket(
                        InetAddress.getLoopbackAddress(),
                        URI.create(server.address()).getPort())) {
            socket.getOutputStream()
                    .write("GET / HTTP/1.1\r\nHost: elsewhere.example\r\nConnection: close\r\n\r\n"
                            .getBytes(StandardCharsets.UTF_8));
            String answer = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8))
                    .readLine();
            assertThat(answer).startsWith("HTTP/1.1 403");
        }
    }

    @Test
    void aPortThatIsTakenIsRefusedWithItsNumber() throws Exception {
        try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            FollowedStudy study = study(true);
            assertThatThrownBy(() ->
                            FollowServer.start(study, taken.getLocalPort()).close())
                    .isInstanceOf(BadInput.class)
                    .hasMessageStartingWith(
                            "Cannot serve the report on port %d of this machine: ", taken.getLocalPort())
                    .hasMessageEndingWith("; give another --port, or none for a free one");
        }
    }

    @Test
    void aStudyWhoseDriverWentIsOverAndOneThatNeverRanIsNot() throws Exception {
        MadeUpStudy made = MadeUpStudy.usual(folder);
        boolean[] running = {true};
        FollowedStudy study = new FollowedStudy(() -> made.results(running[0]), List::of, 0);
        assertThat(study.isOver()).isFalse();
        running[0] = false;
        study.refresh();
        assertThat(study.isOver()).isTrue();
        assertThat(study.words())
                .isEqualTo("0 of 32 trials have ended: the study has stopped; narrows run continues it");
        FollowedStudy idle = new FollowedStudy(() -> made.results(false), List::of, 0);
        assertThat(idle.isOver()).isFalse();
        assertThat(idle.words())
                .isEqualTo("0 of 32 trials have ended: no driver is running the study; the page follows once one does");
    }

    @Test
    void aRunWhoseTrialsHaveEndedIsNotCompleteWhileItMeasuresLatency() throws Exception {
        MadeUpStudy made = MadeUpStudy.usual(folder).complete();
        FollowedStudy study = new FollowedStudy(() -> made.results(true), List::of, 0);
        assertThat(study.words())
                .isEqualTo("32 of 32 trials have ended; the run goes on with latency, measured for 11 variants so far");
        assertThat(made.html(true)).contains("still running: all 32 trials have ended");
        assertThat(made.html(false)).contains("complete: all 32 trials have ended");
    }
}
