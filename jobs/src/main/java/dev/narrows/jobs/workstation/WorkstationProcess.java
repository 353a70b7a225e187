package dev.narrows.jobs.workstation;

import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.SparkConf;
import org.apache.spark.deploy.master.Master$;
import org.apache.spark.deploy.worker.Worker$;
import org.apache.spark.rpc.RpcEnv;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import scala.Option;

/**
 * The main class of the process that holds Spark's master and worker of a workstation. It tells its driver the master's
 * address by a line of standard output, and ends when its standard input does, which the system closes however the
 * driver ends.
 */
final class WorkstationProcess {
    private static final Logger LOG = LoggerFactory.getLogger(WorkstationProcess.class);

    private static final String LOOPBACK = "127.0.0.1";
    private static final int LOOKS = 100;
    private static final long LOOK_EVERY_MILLIS = 50;
    private static final int FAILED = 1;

    // signal.h
    private static final int SIGINT = 2;
    private static final Pointer SIG_IGN = Pointer.createConstant(1);

    private final Path folder;

    private WorkstationProcess(Path folder) {
        this.folder = folder;
    }

    /** {@code WorkstationProcess FOLDER CORES MEBIBYTES}. */
    public static void main(String[] args) throws IOException {
        ignoreInterrupts();
        PrintStream toDriver = System.out;
        System.setOut(System.err);
        Thread.setDefaultUncaughtExceptionHandler(WorkstationProcess::failed);
        WorkstationProcess process = new WorkstationProcess(Path.of(args[0]));
        toDriver.println(process.start(Integer.parseInt(args[1]), Integer.parseInt(args[2])));
        toDriver.flush();
        // The driver says nothing; it only goes.
        System.in.transferTo(OutputStream.nullOutputStream());
        process.end();
    }

    /**
     * Ctrl-C goes to every process of a terminal, and it is the driver that ends the study in order. Executors inherit
     * this; a handler of Java's would not be inherited.
     */
    private static void ignoreInterrupts() {
        try {
            NativeLibrary.getInstance("c").getFunction("signal").invokePointer(new Object[] {SIGINT, SIG_IGN});
        } catch (UnsatisfiedLinkError e) {
            LOG.info("Ctrl-C ends executors at once: {}", e.getMessage());
        }
    }

    /** Ends this process where it cannot do its work; the driver reads the last line. */
    private static void failed(Thread thread, Throwable error) {
        LOG.error("The thread {} failed", thread.getName(), error);
        if (error instanceof Error || thread.getName().equals("main")) {
            System.err.println(error);
            Runtime.getRuntime().halt(FAILED);
        }
    }

    /** The address of the master. */
    private String start(int cores, int mebibytes) {
        SparkConf conf = new SparkConf();
        RpcEnv master =
                Master$.MODULE$.startRpcEnvAndEndpoint(LOOPBACK, 0, 0, conf)._1();
        String url = "spark://" + master.address().hostPort();
        Worker$.MODULE$.startRpcEnvAndEndpoint(
                LOOPBACK,
                0,
                0,
                cores,
                mebibytes,
                new String[] {url},
                WorkFolder.of(folder).path().toString(),
                Option.empty(),
                conf,
                Option.apply(Workstation.resources(folder).toString()));
        return url;
    }

    /** Ends the executors, which may be in native code, and takes away all files. */
    private void end() {
        try {
            for (int look = 0; look < LOOKS; look++) {
                List<ProcessHandle> left = ProcessHandle.current()
                        .descendants()
                        .filter(ProcessHandle::isAlive)
                        .toList();
                left.forEach(ProcessHandle::destroyForcibly);
                if (left.isEmpty()) {
                    break;
                }
                Thread.sleep(LOOK_EVERY_MILLIS);
            }
            Workstation.delete(folder);
        } catch (IOException | InterruptedException | RuntimeException e) {
            LOG.warn("Cannot take {} away: {}", folder, e.toString());
        } finally {
            Runtime.getRuntime().halt(0);
        }
    }
}
