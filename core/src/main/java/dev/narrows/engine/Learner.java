package dev.narrows.engine;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDArrays;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.DataType;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.engine.PtNDArray;
import ai.djl.pytorch.engine.PtNDManager;
import ai.djl.pytorch.jni.IValue;
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
    /**
     * First scale of a loss in fp16, so that small gradients do not vanish: its smallest number is 6e-8 (Micikevicius
     * et al., 2018). This and what follows from overflow are as in {@code torch.amp.GradScaler}.
     */
    private static final float FIRST_SCALE = 1 << 16;

    /** Until then libraries choose how to compute each operation. */
    private static final int STEPS_BEFORE_RECORDING = 3;

    private final Module module;
    private final boolean scaled;
    private final List<IValue> lists = new ArrayList<>();
    private final NDArray place;
    private final NDList figures;
    private final IValue clockList;
    private final IValue figureList;
    private final boolean ignoring;
    private final OptionalInt gpu;
    private final int fullBatch;
    private int alike;
    private Optional<Recording> recording = Optional.empty();

    /**
     * @param rates of all steps to come
     * @param fullBatch images of every batch but the last, which may have one more
     * @param ignoring true where masks may have positions of no class
     */
    Learner(Module module, Optimizer optimizer, Precision precision, double[] rates, int fullBatch, boolean ignoring) {
        this.module = module;
        this.scaled = precision == Precision.FP16;
        this.ignoring = ignoring;
        this.fullBatch = fullBatch;
        PtNDManager manager = module.manager();
        this.gpu =
                manager.getDevice().isGpu() ? OptionalInt.of(manager.getDevice().getDeviceId()) : OptionalInt.empty();
        module.enableTraining();
        lists.add(module.tensors("trained"));
        optimizer.state().forEach(kept -> lists.add(module.tensors(kept)));
        place = manager.zeros(new Shape(1), DataType.INT64);
        NDList clock = new NDList(
                place,
                manager.zeros(new Shape(1), DataType.INT64),
                rates(manager, rates),
                manager.zeros(new Shape(), DataType.FLOAT32),
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
            clock.add(manager.full(new Shape(), FIRST_SCALE, DataType.FLOAT32));
            clock.add(manager.zeros(new Shape(), DataType.INT32));
            clock.add(manager.zeros(new Shape(), DataType.FLOAT32));
            figures.add(array(DataType.FLOAT32));
            figures.add(array(DataType.FLOAT32));
        }
        clockList = list(clock);
        figureList = list(figures);
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
        place.muli(0);
    }

    /** Takes a step on the next images of a feed. */
    void step(IValue feed, int count) {
        if (!gpu.isPresent() || count != fullBatch) {
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

    @Override
    public void close() {
        recording.ifPresent(Recording::close);
        lists.forEach(IValue::close);
        clockList.close();
        figureList.close();
    }
}
