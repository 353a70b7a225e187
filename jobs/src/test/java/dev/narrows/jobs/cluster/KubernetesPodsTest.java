package dev.narrows.jobs.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.narrows.jobs.Narrows;
import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Properties;
import org.apache.spark.SecurityManager;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.k8s.KubernetesDriverConf;
import org.apache.spark.deploy.k8s.KubernetesExecutorConf;
import org.apache.spark.deploy.k8s.SparkPod;
import org.apache.spark.deploy.k8s.submit.JavaMainAppResource;
import org.apache.spark.deploy.k8s.submit.KubernetesDriverBuilder;
import org.apache.spark.scheduler.cluster.k8s.KubernetesExecutorBuilder;
import org.apache.spark.util.SystemClock;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import scala.Option;

/**
 * The pods that Spark's own code makes of the shipped profile and pod template. There is no cluster here: they are held
 * to the API's schema as the client that Spark uses knows it, and nothing shows that a cluster would schedule them.
 */
class KubernetesPodsTest {
    private static final Path FOLDER = Path.of("../conf/clusters");

    /** Spark keeps the profile of a process's first conf: local mode would wait for its GPUs for ever. */
    @AfterAll
    static void forgetProfile() {
        org.apache.spark.resource.ResourceProfile$.MODULE$.clearDefaultProfile();
    }

    private static SparkConf profile() throws IOException {
        Properties lines = new Properties();
        try (Reader reader = Files.newBufferedReader(FOLDER.resolve("kubernetes-gpu.conf"))) {
            lines.load(reader);
        }
        SparkConf conf = new SparkConf(false);
        lines.forEach((key, value) -> conf.set((String) key, ((String) value).strip()));
        // From the root of the checkout, as the profile is used.
        String template = "spark.kubernetes.executor.podTemplateFile";
        return conf.set(
                        template,
                        Path.of("..", conf.get(template)).toRealPath().toUri().toString())
                .set("spark.master", "k8s://https://127.0.0.1:6443")
                .set("spark.submit.deployMode", "cluster")
                .set("spark.app.name", "narrows quickstart")
                .set("spark.driver.port", "7078");
    }

    private static KubernetesClient client() {
        return new KubernetesClientBuilder()
                .withConfig(new ConfigBuilder()
                        .withMasterUrl("https://127.0.0.1:1")
                        .withAutoConfigure(false)
                        .build())
                .build();
    }

    private static Pod pod(SparkPod made) {
        return new PodBuilder(made.pod())
                .editSpec()
                .withContainers(made.container())
                .endSpec()
                .build();
    }

    private static Pod executor() throws IOException {
        SparkConf conf = profile().set("spark.driver.host", "narrows-driver");
        try (KubernetesClient client = client()) {
            return pod(new KubernetesExecutorBuilder()
                    .buildFromFeatures(
                            new KubernetesExecutorConf(conf, "narrows-1", "1", Option.empty(), 0),
                            new SecurityManager(
                                    conf,
                                    Option.empty(),
                                    org.apache.spark.internal.config.package$.MODULE$.AUTH_SECRET_FILE_EXECUTOR()),
                            client,
                            org.apache.spark.resource.ResourceProfile$.MODULE$.getOrCreateDefaultProfile(conf))
                    .pod());
        }
    }

    @Test
    void anExecutorHasItsGpuItsMemoryAndWhatTheTemplateSays() throws IOException {
        Pod pod = executor();
        Container container = pod.getSpec().getContainers().get(0);
        assertThat(container.getImage()).isEqualTo("narrows:0.1");
        assertThat(container.getResources().getLimits())
                .containsEntry("nvidia.com/gpu", new Quantity("1"))
                .containsEntry("memory", new Quantity("6144Mi"));
        assertThat(container.getResources().getRequests()).containsEntry("cpu", new Quantity("4"));
        assertThat(container.getEnv())
                .filteredOn(variable -> variable.getName().startsWith("AWS_"))
                .hasSize(2)
                .allSatisfy(variable -> {
                    assertThat(variable.getValue()).isNull();
                    assertThat(variable.getValueFrom().getSecretKeyRef().getName())
                            .isEqualTo("narrows-s3");
                });
        assertThat(container.getVolumeMounts())
                .anyMatch(mount -> mount.getMountPath().equals("/tmp"));
        assertThat(pod.getSpec().getTolerations()).anyMatch(taint -> "nvidia.com/gpu".equals(taint.getKey()));
        assertThat(pod.getMetadata().getLabels()).containsEntry("app", "narrows");
        assertThat(container.getLifecycle().getPreStop().getExec().getCommand())
                .as("decommissioning")
                .contains("/opt/decom.sh");
        isOfTheSchema(pod);
    }

    @Test
    void theDriverRunsTheStudyOfItsArguments() throws IOException {
        SparkConf conf = profile();
        String[] arguments = {"run", "/opt/narrows/studies/quickstart.conf", "--output", "s3a://bucket/results"};
        try (KubernetesClient client = client()) {
            Pod pod = pod(new KubernetesDriverBuilder()
                    .buildFromFeatures(
                            new KubernetesDriverConf(
                                    conf,
                                    "narrows-1",
                                    JavaMainAppResource.of("local:///opt/narrows/narrows-spark.jar"),
                                    Narrows.class.getName(),
                                    arguments,
                                    Option.empty(),
                                    new SystemClock()),
                            client)
                    .pod());
            Container container = pod.getSpec().getContainers().get(0);
            assertThat(container.getArgs())
                    .containsSequence(arguments)
                    .contains("local:///opt/narrows/narrows-spark.jar", Narrows.class.getName());
            assertThat(container.getEnv())
                    .anyMatch(variable -> variable.getName().equals("AWS_SECRET_ACCESS_KEY"));
            assertThat(pod.getSpec().getServiceAccountName()).isEqualTo("spark");
            isOfTheSchema(pod);
        }
    }

    /** Written as a client sends it, and read strictly: a field that the API does not have is an error. */
    private static void isOfTheSchema(Pod pod) throws IOException {
        String json = Serialization.asJson(pod);
        ObjectMapper strict = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES);
        strict.registerModule(new com.fasterxml.jackson.datatype.jsr310.JavaTimeModule());
        assertThat(strict.readValue(json, Pod.class).getSpec().getContainers())
                .extracting(Container::getName)
                .isEqualTo(List.of(pod.getSpec().getContainers().get(0).getName()));
        assertThat(json).doesNotContain("additionalProperties");
    }
}
