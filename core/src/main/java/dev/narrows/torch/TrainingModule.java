package dev.narrows.torch;

import dev.narrows.net.Layer;
import dev.narrows.net.Shape;
import dev.narrows.program.ElementType;
import dev.narrows.program.Form;
import dev.narrows.program.Parameter;
import dev.narrows.program.Program;
import dev.narrows.program.Weights;
import dev.narrows.program.rule.Rules;
import dev.narrows.study.Optimizer;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * A network as the engine trains it: an archive with a method each for a training step, and for evaluating a batch.
 *
 * <p>Each method is one call into the engine, and waits for nothing on the device. Images and labels lie there;
 * {@link FeedScript} says how a batch is taken out of them. Within the methods images are fp32 (N, H, W, C), which is
 * the order in which libtorch's convolutions are fastest, and labels are as the {@link Target} says.
 *
 * <ul>
 *   <li>{@code advance(weights, …, feed, clock, figures, count)} takes one step on the next {@code count} images:
 *       it moves the weights, and writes the step's figures into arrays on the device. The clock is a list: the place
 *       of the next image in the feed and the number of steps taken, 64-bit integers (1); the rate of each step
 *       (steps); how often the weights moved, fp32 (); the optimizer's corrections for each move, fp64 (moves, 2), of a
 *       form that is not fused; in fp16 the scale of the loss, fp32 (), steps without overflow, 32-bit (), and whether
 *       this one overflowed, fp32 (). The figures are a list: the numbers 0, 1, … in 64 bits, as many as a batch has
 *       images at most; then arrays of {@link #FIGURES}, each step in its place modulo that: losses, fp32; hits, 64
 *       bits; the square of the norm of the first layer's gradient before clipping, fp32; of masks with positions of no
 *       class, how many positions count, 64 bits; in fp16 the scale after the step and whether it overflowed, fp32;
 *   <li>{@code trained()}, and a method for each kind of tensor that the optimizer keeps, give the lists that a
 *       step takes;
 *   <li>{@code loss(images, labels)} gives the mean loss and the number of top-1 hits, with batch norms in training; of
 *       masks with positions of no class, the number of others too;
 *   <li>{@code learn(weights, …, images, labels, clock, figures)} is a step on a batch that is given;
 *   <li>{@code judge(feed, places)} takes a batch of these places and evaluates it;
 *   <li>{@code evaluate(images, labels)} gives the loss of each image, whether it is a top-1 hit, and how many classes
 *       scored at least as high as the right one, with batch norms by their running statistics; of masks,
 *       the mean loss of each image (the sum, where some positions are of no class), and how often each class was taken
 *       for each;
 *   <li>{@code taps(images)} gives, for each tap in order, how many scalars a ReLU silenced there, the mean of each
 *       channel, and the sum of products of the centred channels, with batch norms by their running statistics;
 *       {@code measure(feed, places)} gives it of a batch of these places;
 *   <li>{@code spectrum(products)} gives the singular values of those centred channels;
 *   <li>{@code weights()} gives the tensors of the network in the order of its program's parameters.
 * </ul>
 */
public final class TrainingModule {
    private static final TorchPrinter SCORES = new TorchPrinter(TorchPrinter.Result.SCORES);
    private static final TorchPrinter MEASURED = new TorchPrinter(TorchPrinter.Result.MEASURED);

    /** Steps whose figures an archive keeps on the device. */
    public static final int FIGURES = 64;

    private TrainingModule() {}

    /** The archive of a network with these weights, for images with labels. */
    public static byte[] of(
            Layer network,
            Shape input,
            Weights weights,
            ElementType precision,
            Form form,
            Optimizer optimizer,
            double labelSmoothing,
            double clipNorm) {
        return of(network, input, weights, precision, form, optimizer, new Target.Label(labelSmoothing), clipNorm);
    }

    /** The archive of a network with these weights, before its first step. */
    public static byte[] of(
            Layer network,
            Shape input,
            Weights weights,
            ElementType precision,
            Form form,
            Optimizer optimizer,
            Target target,
            double clipNorm) {
        return of(network, input, weights, Map.of(), precision, form, optimizer, target, clipNorm);
    }

    /**
     * The archive of a network with these weights.
     *
     * @param kept values of what the optimizer keeps beside each weight, by its kind; none for zeros
     */
    public static byte[] of(
            Layer network,
            Shape input,
            Weights weights,
            Map<String, Weights> kept,
            ElementType precision,
            Form form,
            Optimizer optimizer,
            Target target,
            double clipNorm) {
        return of(
                Rules.training(network, input, precision, form),
                network,
                weights,
                kept,
                precision,
                optimizer,
                target,
                clipNorm);
    }

    /**
     * The archive of a network with these weights and the program of its training step, as above.
     *
     * @param training in the precision given
     */
    public static byte[] of(
            Program training,
            Layer network,
            Weights weights,
            Map<String, Weights> kept,
            ElementType precision,
            Optimizer optimizer,
            Target target,
            double clipNorm) {
        Shape input = training.input().shape();
        List<Parameter> trainable = training.trainable();
        List<Archive.Attribute> attributes = new ArrayList<>(Archive.attributes(training, weights));
        for (Parameter parameter : trainable) {
            for (String kind : optimizer.state()) {
                Weights values = kept.get(kind);
                attributes.add(new Archive.Attribute(
                        OptimizerScript.name(kind, parameter),
                        parameter.shape(),
                        false,
                        values == null
                                ? FloatBuffer.allocate(parameter.shape().elements())
                                : FloatBuffer.wrap(values.get(parameter))));
            }
        }
        boolean scaled = precision == ElementType.FP16;
        String methods = loss(training, target)
                + OptimizerScript.lists(optimizer, trainable)
                + learn(
                        optimizer,
                        trainable,
                        target,
                        clipNorm,
                        scaled,
                        training.form().onGpu())
                + FeedScript.images(input)
                + FeedScript.answers(input, network.output(input), target)
                + advance(optimizer)
                + taps(Rules.taps(network, input, precision))
                + weights(training)
                + evaluate(Rules.evaluation(network, input, precision), target);
        return Archive.of(attributes, methods);
    }

    private static String loss(Program program, Target target) {
        return """
                  def loss(self: __torch__.Net,
                    images: Tensor,
                    labels: Tensor) -> Tuple[%s]:
                    x = torch.permute(images, [0, 3, 1, 2])
                """.formatted(ignoring(target) ? "Tensor, Tensor, Tensor" : "Tensor, Tensor")
                + SCORES.print(program)
                + (target instanceof Target.Mask masks
                        ? MaskScript.loss(masks, program.form().onGpu()).indent(4)
                        : """
                    loss = torch.cross_entropy_loss(scores, labels, None, 1, -100, %s)
                    hits = torch.sum(torch.eq(torch.argmax(scores, 1), labels))
                """.formatted(((Target.Label) target).smoothing()))
                + (ignoring(target) ? "    return (loss, hits, positions)\n" : "    return (loss, hits)\n");
    }

    /** True where a loss says how many positions it is a mean of. */
    private static boolean ignoring(Target target) {
        return target instanceof Target.Mask mask && mask.ignoring();
    }

    private static String learn(
            Optimizer optimizer,
            List<Parameter> trainable,
            Target target,
            double clipNorm,
            boolean scaled,
            boolean fused) {
        StringBuilder lines = new StringBuilder("  def learn(self: __torch__.Net,\n")
                .append(OptimizerScript.parameters(optimizer))
                .append("""
                    images: Tensor,
                    labels: Tensor,
                    clock: List[Tensor],
                    figures: List[Tensor]) -> Tensor:
                    step = clock[1]
                    rate = torch.index_select(clock[2], 0, step)
                    moves = clock[3]
                """);
        if (scaled) {
            lines.append("""
                        scale = clock[5]
                        steady = clock[6]
                        overflow = clock[7]
                    """);
        }
        lines.append("    loss, hits%s, = (self).loss(images, labels, )\n"
                        .formatted(ignoring(target) ? ", positions" : ""))
                .append(OptimizerScript.move(optimizer, trainable, clipNorm, scaled, fused))
                .append("""
                            here = torch.eq(torch.slice(figures[0], 0, 0, %d, 1), torch.remainder(step, %d))
                        """.formatted(FIGURES, FIGURES));
        List<String> kept = new ArrayList<>(List.of("torch.detach(loss)", "hits", "norm"));
        if (ignoring(target)) {
            kept.add("positions");
        }
        if (scaled) {
            kept.addAll(List.of("scale", "overflow"));
        }
        for (int i = 0; i < kept.size(); i++) {
            // One small operation; a copy to an index is several where bits must be the same each time, and a fill
            // waits.
            lines.append(
                    "    torch.where(here, %s, figures[%d], out=figures[%d])\n".formatted(kept.get(i), i + 1, i + 1));
        }
        return lines.append("    return torch.add_(step, 1)\n").toString();
    }

    private static String advance(Optimizer optimizer) {
        String lists = String.join(", ", optimizer.state());
        return "  def advance(self: __torch__.Net,\n" + OptimizerScript.parameters(optimizer)
                + """
                    feed: List[Tensor],
                    clock: List[Tensor],
                    figures: List[Tensor],
                    count: int) -> Tensor:
                    places = torch.add(torch.slice(figures[0], 0, 0, count, 1), clock[0])
                    images = (self).images(feed, places, )
                    labels = (self).answers(feed, places, )
                    torch.add_(clock[0], count)
                    return (self).learn(weights, %simages, labels, clock, figures, )
                """.formatted(lists.isEmpty() ? "" : lists + ", ");
    }

    private static String taps(Program program) {
        return """
                  def taps(self: __torch__.Net,
                    images: Tensor) -> List[Tensor]:
                    x = torch.permute(images, [0, 3, 1, 2])
                """ + MEASURED.print(program) + """
                    return measured
                  def measure(self: __torch__.Net,
                    feed: List[Tensor],
                    places: Tensor) -> List[Tensor]:
                    return (self).taps((self).images(feed, places, ), )
                  def spectrum(self: __torch__.Net,
                    products: Tensor) -> Tensor:
                    return torch.sqrt(torch.clamp(torch.linalg_eigvalsh(products), 0.))
                """;
    }

    private static String weights(Program program) {
        return """
                  def weights(self: __torch__.Net) -> List[Tensor]:
                    return annotate(List[Tensor], [%s])
                """.formatted(program.parameters().stream()
                .map(parameter -> "torch.contiguous(self." + parameter.name() + ")")
                .collect(Collectors.joining(", ")));
    }

    private static String evaluate(Program program, Target target) {
        String scored = """
                    images: Tensor,
                    labels: Tensor) -> Tuple[%s]:
                    x = torch.permute(images, [0, 3, 1, 2])
                """ + SCORES.print(program);
        if (target instanceof Target.Mask mask) {
            return "  def evaluate(self: __torch__.Net,\n" + scored.formatted("Tensor, Tensor")
                    + MaskScript.evaluation(mask).indent(4) + "    return (losses, counts)\n"
                    + judge("Tensor, Tensor");
        }
        return "  def evaluate(self: __torch__.Net,\n" + scored.formatted("Tensor, Tensor, Tensor") + """
                    losses = torch.cross_entropy_loss(scores, labels, None, 0, -100, 0.)
                    hits = torch.to(torch.eq(torch.argmax(scores, 1), labels), 4)
                    right = torch.gather(scores, 1, torch.unsqueeze(labels, 1))
                    ranks = torch.sum(torch.ge(scores, right), [1])
                    return (losses, hits, ranks)
                """
                + judge("Tensor, Tensor, Tensor");
    }

    private static String judge(String figures) {
        return """
                  def judge(self: __torch__.Net,
                    feed: List[Tensor],
                    places: Tensor) -> Tuple[%s]:
                    return (self).evaluate((self).images(feed, places, ), (self).answers(feed, places, ), )
                """.formatted(figures);
    }
}
