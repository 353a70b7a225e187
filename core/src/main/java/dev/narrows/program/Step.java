package dev.narrows.program;

import dev.narrows.net.Activation;
import dev.narrows.net.AdaptivePool;
import dev.narrows.net.Linear;
import dev.narrows.net.Pool;
import dev.narrows.net.TransposedConv;
import dev.narrows.net.Upsample;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * One operation of a program: it reads tensors and parameters that it is bound to and writes at most one tensor.
 *
 * <p>{@link Visitor} has no default methods on purpose: a new step breaks every printer and count that lacks it.
 */
public sealed interface Step {
    /** The tensors that it reads, in order. */
    List<Tensor> inputs();

    /** The tensor that it writes; empty for a measurement. */
    Optional<Tensor> output();

    /** The parameters that it reads, in order. */
    default List<Parameter> parameters() {
        return List.of();
    }

    /** This step with every tensor and every parameter replaced. */
    Step with(UnaryOperator<Tensor> tensors, UnaryOperator<Parameter> bound);

    /** This step with every tensor replaced. */
    default Step with(UnaryOperator<Tensor> tensors) {
        return with(tensors, UnaryOperator.identity());
    }

    <R> R accept(Visitor<R> visitor);

    /** A step that reads one tensor and writes one. */
    sealed interface Single extends Step {
        Tensor in();

        Tensor out();

        @Override
        default List<Tensor> inputs() {
            return List.of(in());
        }

        @Override
        default Optional<Tensor> output() {
            return Optional.of(out());
        }
    }

    /** A convolution. */
    record Convolve(Tensor in, Filter filter, Tensor out) implements Single {
        @Override
        public List<Parameter> parameters() {
            return filter.parameters();
        }

        @Override
        public Step with(UnaryOperator<Tensor> tensors, UnaryOperator<Parameter> bound) {
            return new Convolve(tensors.apply(in), filter.with(bound), tensors.apply(out));
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.convolve(this);
        }
    }

    /**
     * A transposed convolution.
     *
     * @param weight (in, out, kernel, kernel)
     * @param norm the batch norm that is folded into weight and bias, by its running statistics
     */
    record ConvolveTransposed(
            Tensor in,
            TransposedConv conv,
            Parameter weight,
            Optional<Parameter> bias,
            Optional<BatchNorm> norm,
            Tensor out)
            implements Single {
        @Override
        public List<Parameter> parameters() {
            List<Parameter> all = new ArrayList<>(both(weight, bias));
            norm.ifPresent(folded -> all.addAll(folded.parameters()));
            return all;
        }

        @Override
        public Step with(UnaryOperator<Tensor> tensors, UnaryOperator<Parameter> bound) {
            return new ConvolveTransposed(
                    tensors.apply(in),
                    conv,
                    bound.apply(weight),
                    bias.map(bound),
                    norm.map(folded -> folded.with(bound)),
                    tensors.apply(out));
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.convolveTransposed(this);
        }
    }

    /**
     * A linear layer over all scalars of an image.
     *
     * @param weight (out, in)
     */
    record Project(Tensor in, Linear linear, Parameter weight, Optional<Parameter> bias, Tensor out) implements Single {
        @Override
        public List<Parameter> parameters() {
            return both(weight, bias);
        }

        @Override
        public Step with(UnaryOperator<Tensor> tensors, UnaryOperator<Parameter> bound) {
            return new Project(tensors.apply(in), linear, bound.apply(weight), bias.map(bound), tensors.apply(out));
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.project(this);
        }
    }

    /**
     * Batch norms of consecutive spans of channels.
     *
     * @param norms in the order of the channels
     * @param byBatch true where the batch's own statistics are used and move the running ones
     */
    record NormaliseBatch(Tensor in, List<BatchNorm> norms, boolean byBatch, Tensor out) implements Single {
        public NormaliseBatch {
            norms = List.copyOf(norms);
        }

        /** Added to each variance. */
        public double epsilon() {
            return norms.get(0).epsilon();
        }

        @Override
        public List<Parameter> parameters() {
            return norms.stream().flatMap(norm -> norm.parameters().stream()).toList();
        }

        @Override
        public Step with(UnaryOperator<Tensor> tensors, UnaryOperator<Parameter> bound) {
            return new NormaliseBatch(
                    tensors.apply(in),
                    norms.stream().map(norm -> norm.with(bound)).toList(),
                    byBatch,
                    tensors.apply(out));
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.normaliseBatch(this);
        }
    }

    /** A layer norm over the channels of each position. */
    record NormaliseLayer(Tensor in, Parameter weight, Parameter bias, double epsilon, Tensor out) implements Single {
        @Override
        public List<Parameter> parameters() {
            return List.of(weight, bias);
        }

        @Override
        public Step with(UnaryOperator<Tensor> tensors, UnaryOperator<Parameter> bound) {
            return new NormaliseLayer(
                    tensors.apply(in), bound.apply(weight), bound.apply(bias), epsilon, tensors.apply(out));
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.normaliseLayer(this);
        }
    }

    /**
     * An activation of every scalar.
     *
     * @param inPlace true where the output takes the memory of the input
     */
    record Activate(Tensor in, Activation.Kind kind, boolean inPlace, Tensor out) implements Single {
        @Override
        public Step with(UnaryOperator<Tensor> tensors, UnaryOperator<Parameter> bound) {
            return new Activate(tensors.apply(in), kind, inPlace, tensors.apply(out));
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.activate(this);
        }
    }

    /** A pooling by windows of a fixed size. */
    record PoolWindows(Tensor in, Pool pool, Tensor out) implements Single {
        @Override
        public Step with(UnaryOperator<Tensor> tensors, UnaryOperator<Parameter> bound) {
            return new PoolWindows(tensors.apply(in), pool, tensors.apply(out));
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.poolWindows(this);
        }
    }

    /** An average pooling to maps of a fixed size. */
    record PoolToSize(Tensor in, AdaptivePool pool, Tensor out) implements Single {
        @Override
        public Step with(UnaryOperator<Tensor> tensors, UnaryOperator<Parameter> bound) {
            return new PoolToSize(tensors.apply(in), pool, tensors.apply(out));
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.poolToSize(this);
        }
    }

    /** All scalars of an image as channels of one position, in the order (C, H, W). */
    record FlattenMaps(Tensor in, Tensor out) implements Single {
        @Override
        public Step with(UnaryOperator<Tensor> tensors, UnaryOperator<Parameter> bound) {
            return new FlattenMaps(tensors.apply(in), tensors.apply(out));
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.flattenMaps(this);
        }
    }

    /** An up-sampling. */
    record Enlarge(Tensor in, Upsample upsample, Tensor out) implements Single {
        @Override
        public Step with(UnaryOperator<Tensor> tensors, UnaryOperator<Parameter> bound) {
            return new Enlarge(tensors.apply(in), upsample, tensors.apply(out));
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.enlarge(this);
        }
    }

    /**
     * A factor for each channel.
     *
     * @param factor (C)
     */
    record ScaleChannels(Tensor in, Parameter factor, Tensor out) implements Single {
        @Override
        public List<Parameter> parameters() {
            return List.of(factor);
        }

        @Override
        public Step with(UnaryOperator<Tensor> tensors, UnaryOperator<Parameter> bound) {
            return new ScaleChannels(tensors.apply(in), bound.apply(factor), tensors.apply(out));
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.scaleChannels(this);
        }
    }

    /** The middle rows and columns: a view of the input's memory. */
    record CutOut(Tensor in, Tensor out) implements Single {
        /** First row that is kept. */
        public int top() {
            return (in.shape().height() - out.shape().height()) / 2;
        }

        /** First column that is kept. */
        public int left() {
            return (in.shape().width() - out.shape().width()) / 2;
        }

        @Override
        public Step with(UnaryOperator<Tensor> tensors, UnaryOperator<Parameter> bound) {
            return new CutOut(tensors.apply(in), tensors.apply(out));
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.cutOut(this);
        }
    }

    /** The same values in another type, layout or number of spare channels. */
    record Convert(Tensor in, Tensor out) implements Single {
        @Override
        public Step with(UnaryOperator<Tensor> tensors, UnaryOperator<Parameter> bound) {
            return new Convert(tensors.apply(in), tensors.apply(out));
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.convert(this);
        }
    }

    /**
     * A sum, from the first term to the last.
     *
     * @param consumed terms whose memory the sum may take
     */
    record Add(List<Tensor> terms, Set<Tensor> consumed, Tensor out) implements Step {
        public Add {
            terms = List.copyOf(terms);
            consumed = Set.copyOf(consumed);
        }

        @Override
        public List<Tensor> inputs() {
            return terms;
        }

        @Override
        public Optional<Tensor> output() {
            return Optional.of(out);
        }

        @Override
        public Step with(UnaryOperator<Tensor> tensors, UnaryOperator<Parameter> bound) {
            return new Add(
                    terms.stream().map(tensors).toList(),
                    Set.copyOf(consumed.stream().map(tensors).toList()),
                    tensors.apply(out));
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.add(this);
        }
    }

    /** The channels of several tensors, one behind the other. */
    record Concatenate(List<Tensor> parts, Tensor out) implements Step {
        public Concatenate {
            parts = List.copyOf(parts);
        }

        @Override
        public List<Tensor> inputs() {
            return parts;
        }

        @Override
        public Optional<Tensor> output() {
            return Optional.of(out);
        }

        @Override
        public Step with(UnaryOperator<Tensor> tensors, UnaryOperator<Parameter> bound) {
            return new Concatenate(parts.stream().map(tensors).toList(), tensors.apply(out));
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.concatenate(this);
        }
    }

    /**
     * The measurement of a tap: scalars that a ReLU silenced, the mean of each channel, and the products of the centred
     * channels.
     *
     * @param rectified true where a ReLU wrote the tensor, so that its zeros are what that ReLU silenced
     */
    record MeasureTap(Tensor in, boolean rectified) implements Step {
        @Override
        public List<Tensor> inputs() {
            return List.of(in);
        }

        @Override
        public Optional<Tensor> output() {
            return Optional.empty();
        }

        @Override
        public Step with(UnaryOperator<Tensor> tensors, UnaryOperator<Parameter> bound) {
            return new MeasureTap(tensors.apply(in), rectified);
        }

        @Override
        public <R> R accept(Visitor<R> visitor) {
            return visitor.measure(this);
        }
    }

    private static List<Parameter> both(Parameter weight, Optional<Parameter> bias) {
        return bias.map(present -> List.of(weight, present)).orElseGet(() -> List.of(weight));
    }

    /** One method a step. */
    interface Visitor<R> {
        R convolve(Convolve step);

        R convolveTransposed(ConvolveTransposed step);

        R project(Project step);

        R normaliseBatch(NormaliseBatch step);

        R normaliseLayer(NormaliseLayer step);

        R activate(Activate step);

        R poolWindows(PoolWindows step);

        R poolToSize(PoolToSize step);

        R flattenMaps(FlattenMaps step);

        R enlarge(Enlarge step);

        R scaleChannels(ScaleChannels step);

        R cutOut(CutOut step);

        R convert(Convert step);

        R add(Add step);

        R concatenate(Concatenate step);

        R measure(MeasureTap step);
    }
}
