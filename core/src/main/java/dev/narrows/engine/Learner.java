package dev.narrows.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.ndarray.types.SparseFormat;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
import ai.djl.pytorch.jni.JniUtils;
import dev.narrows.checkpoint.StepClock;
import dev.narrows.study.Optimizer;
import dev.narrows.study.Precision;
import dev.narrows.torch.TrainingModule;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * Takes the training steps of a module, and keeps on its device what they share: {@link TrainingModule} says what that
 * is.
 *
 * <p>A step is one call that waits for nothing. Its figures stay on the device until they are read, many steps at once.
 */
final class Learner implements AutoCloseable {
    /** Until then libraries choose how to compute each operation. */
    private static final int STEPS_BEFORE_RECORDING = 3;

    /** Places in the clock. */
    private static final int PLACE = 0;

    private static final int STEPS = 1;
    private static final int MOVES = 3;
    private static final int SCALE = 5;
    private static final int STEADY = 6;

    private final Module module;
    private final boolean scaled;
    private final List<IValue> lists = new ArrayList<>();
    private final NDList clock;
    private final NDList figures;
    private final IValue clockList;
    private final IValue figureList;
    private final boolean ignoring;
    private final OptionalInt gpu;
    private final boolean recorded;
    private final int fullBatch;
    private int alike;
    private Optional<Recording> recording = Optional.empty();

    /** A learner before its first step. */
    Learner(Module module, Optimizer optimizer, Precision precision, double[] rates, int fullBatch, boolean ignoring) {
        this(
                module,
                optimizer,
                precision,
                rates,
                fullBatch,
                ignoring,
                true,
                StepClock.first(precision == Precision.FP16));
    }

    /**
     * @param rates of all steps, those that were taken among them
     * @param fullBatch images of every batch but the last, which may have one more
     * @param ignoring true where masks may have positions of no class
     * @param recorded true where a GPU may record the step
     * @param from the counters that the next step finds
     */
    Learner(
            Module module,
            Optimizer optimizer,
            Precision precision,
            double[] rates,
            int fullBatch,
            boolean ignoring,
            boolean recorded,
            StepClock from) {
        this.module = module;
        this.scaled = precision == Precision.FP16;
        this.ignoring = ignoring;
        this.recorded = recorded;
        this.fullBatch = fullBatch;
        PtNDManager manager = module.manager();
        this.gpu =
                manager.getDevice().isGpu() ? OptionalInt.of(manager.getDevice().getDeviceId()) : OptionalInt.empty();
        module.enableTraining();
        lists.add(module.tensors("trained"));
        optimizer.state().forEach(kept -> lists.add(module.tensors(kept)));
        clock = new NDList(
                manager.zeros(new Shape(1), DataType.INT64),
                counter(manager, new Shape(1), DataType.INT64, from.steps()),
                rates(manager, rates),
                counter(manager, new Shape(), DataType.FLOAT32, from.moves()),
                corrections(manager, optimizer, rates.length));
        figures = new NDList(
                manager.arange(0, Math.max(fullBatch + 1, TrainingModule.FIGURES), 1, DataType.INT64),
                array(DataType.FLOAT32),
                array(DataType.INT64),
                array(DataType.FLOAT32));
        if (ignoring) {
            figures.add(array(DataType.INT64));
        }
        if (scaled) {
            clock.add(manager.full(new Shape(), from.scale(), DataType.FLOAT32));
            clock.add(counter(manager, new Shape(), DataType.INT32, from.steady()));
            clock.add(manager.zeros(new Shape(), DataType.FLOAT32));
            figures.add(array(DataType.FLOAT32));
            figures.add(array(DataType.FLOAT32));
        }
        clockList = list(clock);
        figureList = list(figures);
    }

    private static NDArray counter(PtNDManager manager, Shape shape, DataType type, Number value) {
        // Filled on the device: to add a number would send it there.
        return JniUtils.full(manager, shape, value.doubleValue(), type, manager.getDevice(), SparseFormat.DENSE);
    }

    /**
     * The fused optimizers take fp64 on a processor, where fp32 would change bits, and fp32 on a GPU, which reads it.
     */
    private NDArray rates(PtNDManager manager, double[] rates) {
        if (!manager.getDevice().isGpu()) {
            return module.transfers().upload(manager, rates, new Shape(rates.length));
        }
        float[] rounded = new float[rates.length];
        for (int i = 0; i < rates.length; i++) {
            rounded[i] = (float) rates[i];
        }
        return module.transfers().upload(manager, rounded);
    }

    /** A GPU computes them itself. */
    private NDArray corrections(PtNDManager manager, Optimizer optimizer, int steps) {
        int moves = manager.getDevice().isGpu() ? 0 : steps;
        double[] corrections = new double[2 * moves];
        for (int move = 0; move < moves; move++) {
            List<Double> both = optimizer.corrections(move + 1);
            corrections[2 * move] = both.get(0);
            corrections[2 * move + 1] = both.get(1);
        }
        return module.transfers().upload(manager, corrections, new Shape(moves, 2));
    }

    private NDArray array(DataType type) {
        return module.manager().zeros(new Shape(TrainingModule.FIGURES), type);
    }

    private static IValue list(NDList tensors) {
        return IValue.listFrom(tensors.stream().map(PtNDArray.class::cast).toArray(PtNDArray[]::new));
    }

    /** Begins at the first image of a feed. */
    void rewind() {
        NDArray place = clock.get(PLACE);
        // A factor of 0 would be sent to the device, which waits.
        place.subi(place);
    }

    /** Takes a step on the next images of a feed. */
    void step(IValue feed, int count) {
        if (!gpu.isPresent() || !recorded || count != fullBatch) {
            advance(feed, count);
            return;
        }
        if (alike < STEPS_BEFORE_RECORDING) {
            alike++;
            advance(feed, count);
            if (alike == STEPS_BEFORE_RECORDING) {
                // Waits: a stream must be idle when its recording begins.
                module.transfers().floats(figures.get(1));
                recording = Recording.of(() -> advance(feed, count), gpu.getAsInt());
            }
            return;
        }
        recording.ifPresentOrElse(Recording::replay, () -> advance(feed, count));
    }

    private void advance(IValue feed, int count) {
        try (IValue number = IValue.from((long) count)) {
            call("advance", feed, clockList, figureList, number);
        }
    }

    /** Takes a step on a batch: images fp32 (N, H, W, C), and their labels or masks. */
    void learn(NDArray images, NDArray labels) {
        try (IValue first = IValue.from((PtNDArray) images);
                IValue second = IValue.from((PtNDArray) labels)) {
            call("learn", first, second, clockList, figureList);
        }
    }

    private void call(String method, IValue... others) {
        IValue[] arguments = new IValue[lists.size() + others.length];
        lists.toArray(arguments);
        System.arraycopy(others, 0, arguments, lists.size(), others.length);
        module.train(method, arguments).close();
    }

    /**
     * Waits for steps and gives their figures.
     *
     * @param first number of the first of them, counted from 0
     * @param counted images or positions of each; positions of no class are not among them, where the module knows
     */
    List<StepFigures> read(long first, List<Long> counted) {
        if (counted.isEmpty()) {
            return List.of();
        }
        double[] numbers;
        try (NDList arrays = new NDList()) {
            figures.subNDList(1).forEach(array -> arrays.add(array.toType(DataType.FLOAT64, true)));
            try (NDArray all = NDArrays.stack(arrays)) {
                numbers = module.transfers().doubles(all);
            }
        }
        int row = ignoring ? 4 : 3;
        List<StepFigures> steps = new ArrayList<>();
        for (int i = 0; i < counted.size(); i++) {
            int at = (int) ((first + i) % TrainingModule.FIGURES);
            steps.add(new StepFigures(
                    (float) at(numbers, 0, at),
                    (long) at(numbers, 1, at),
                    ignoring ? (long) at(numbers, 3, at) : counted.get(i),
                    (float) at(numbers, 2, at),
                    scaled ? (float) at(numbers, row, at) : 1,
                    scaled && at(numbers, row + 1, at) != 0));
        }
        return steps;
    }

    private static double at(double[] numbers, int row, int column) {
        return numbers[row * TrainingModule.FIGURES + column];
    }

    /**
     * The counters as they are after the steps that were taken; waits for these.
     *
     * @param effective steps that did not overflow
     */
    StepClock clock(int effective) {
        Transfers transfers = module.transfers();
        return new StepClock(
                transfers.longs(clock.get(STEPS))[0],
                transfers.floats(clock.get(MOVES))[0],
                scaled ? transfers.floats(clock.get(SCALE))[0] : 1,
                scaled ? transfers.integer(clock.get(STEADY)) : 0,
                effective);
    }

    @Override
    public void close() {
        recording.ifPresent(Recording::close);
        lists.forEach(IValue::close);
        clockList.close();
        figureList.close();
    }
}
