package dev.narrows.checkpoint;

import dev.narrows.trial.Environment;
import dev.narrows.trial.Epoch;
import dev.narrows.trial.GpuEnvironment;
import dev.narrows.trial.Overlap;
import dev.narrows.trial.TrialEvent;
import dev.narrows.trial.TrialEvent.EpochEnded;
import dev.narrows.trial.TrialEvent.Started;
import dev.narrows.trial.TrialHistory;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All of a checkpoint but its tensors, in bytes. A value that may be null follows a byte, 0 where it is. */
final class CheckpointHead {
    private static final int STARTED = 1;
    private static final int EPOCH = 2;

    /** Bytes of an epoch at most. */
    static final int EPOCH_BYTES = 4 * Byte.BYTES + Long.BYTES + Integer.BYTES + 11 * Double.BYTES;

    private CheckpointHead() {}

    static void write(Checkpoint checkpoint, DataOutputStream out) throws IOException {
        out.writeUTF(checkpoint.trialId());
        StepClock clock = checkpoint.clock();
        out.writeLong(clock.steps());
        out.writeFloat(clock.moves());
        out.writeFloat(clock.scale());
        out.writeInt(clock.steady());
        out.writeInt(clock.effective());
        Effort effort = checkpoint.effort();
        out.writeLong(effort.trainNanos());
        out.writeLong(effort.insideNanos());
        out.writeLong(effort.images());
        out.writeDouble(effort.seconds());
        Long peak = effort.peakMemoryBytes();
        out.writeBoolean(peak != null);
        if (peak != null) {
            out.writeLong(peak);
        }
        out.writeLong(checkpoint.layout());
        List<TrialEvent> events = checkpoint.history().events();
        out.writeInt(events.size());
        for (TrialEvent event : events) {
            write(event, out);
        }
    }

    static Checkpoint read(DataInputStream in, ByteBuffer tensors) throws IOException {
        String trialId = in.readUTF();
        StepClock clock = new StepClock(in.readLong(), in.readFloat(), in.readFloat(), in.readInt(), in.readInt());
        Effort effort = new Effort(
                in.readLong(),
                in.readLong(),
                in.readLong(),
                in.readDouble(),
                in.readBoolean() ? (Long) in.readLong() : null);
        long layout = in.readLong();
        int count = in.readInt();
        List<TrialEvent> events = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            events.add(event(in));
        }
        return new Checkpoint(trialId, new TrialHistory(events), clock, effort, layout, tensors);
    }

    private static void write(TrialEvent event, DataOutputStream out) throws IOException {
        if (event instanceof Started started) {
            out.writeByte(STARTED);
            out.writeLong(started.at());
            out.writeInt(started.afterEpochs());
            write(started.environment(), out);
            text(started.form(), out);
        } else if (event instanceof EpochEnded ended) {
            out.writeByte(EPOCH);
            out.writeLong(ended.at());
            write(ended.epoch(), out);
        } else {
            throw new IllegalArgumentException("Cannot keep the end of a trial in a checkpoint");
        }
    }

    private static TrialEvent event(DataInputStream in) throws IOException {
        int kind = in.readByte();
        long at = in.readLong();
        return switch (kind) {
            case STARTED -> new Started(at, in.readInt(), environment(in), text(in));
            case EPOCH -> new EpochEnded(at, epoch(in));
            default -> throw new IOException("an event of kind " + kind);
        };
    }

    private static void write(Environment environment, DataOutputStream out) throws IOException {
        out.writeUTF(environment.host());
        out.writeUTF(environment.processor());
        out.writeUTF(environment.device());
        out.writeUTF(environment.precision());
        out.writeInt(environment.threads());
        out.writeUTF(environment.versions());
        GpuEnvironment gpu = environment.gpu();
        out.writeBoolean(gpu != null);
        if (gpu != null) {
            out.writeUTF(gpu.model());
            out.writeUTF(gpu.computeCapability());
            out.writeUTF(gpu.driver());
            out.writeUTF(gpu.cuda());
            out.writeUTF(gpu.cudnn());
        }
    }

    private static Environment environment(DataInputStream in) throws IOException {
        return new Environment(
                in.readUTF(),
                in.readUTF(),
                in.readUTF(),
                in.readUTF(),
                in.readInt(),
                in.readUTF(),
                in.readBoolean()
                        ? new GpuEnvironment(in.readUTF(), in.readUTF(), in.readUTF(), in.readUTF(), in.readUTF())
                        : null);
    }

    private static void write(Epoch epoch, DataOutputStream out) throws IOException {
        out.writeInt(epoch.epoch());
        out.writeDouble(epoch.trainLoss());
        out.writeDouble(epoch.trainAccuracy());
        out.writeDouble(epoch.validationLoss());
        out.writeDouble(epoch.validationAccuracy());
        number(epoch.validationTop5(), out);
        out.writeDouble(epoch.learningRate());
        number(epoch.firstLayerGradientNorm(), out);
        out.writeDouble(epoch.trainSeconds());
        out.writeDouble(epoch.validationSeconds());
        Overlap overlap = epoch.validationOverlap();
        out.writeBoolean(overlap != null);
        if (overlap != null) {
            out.writeDouble(overlap.meanIou());
            out.writeDouble(overlap.dice());
        }
    }

    private static Epoch epoch(DataInputStream in) throws IOException {
        return new Epoch(
                in.readInt(),
                in.readDouble(),
                in.readDouble(),
                in.readDouble(),
                in.readDouble(),
                number(in),
                in.readDouble(),
                number(in),
                in.readDouble(),
                in.readDouble(),
                in.readBoolean() ? new Overlap(in.readDouble(), in.readDouble()) : null);
    }

    private static void number(@Nullable Double value, DataOutputStream out) throws IOException {
        out.writeBoolean(value != null);
        if (value != null) {
            out.writeDouble(value);
        }
    }

    private static @Nullable Double number(DataInputStream in) throws IOException {
        return in.readBoolean() ? (Double) in.readDouble() : null;
    }

    private static void text(@Nullable String value, DataOutputStream out) throws IOException {
        out.writeBoolean(value != null);
        if (value != null) {
            out.writeUTF(value);
        }
    }

    private static @Nullable String text(DataInputStream in) throws IOException {
        return in.readBoolean() ? in.readUTF() : null;
    }
}
