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
import java.util.stream.Collectors;

/**
 * A network as the engine trains it: an archive with a method each for the loss of a batch, for moving the weights by
 * their gradients, and for evaluating a batch.
 *
 * <p>Each method is one call into the engine. Images come as fp32 (N, H, W, C), which is the order in which libtorch's
 * convolutions are fastest, and labels as the {@link Target} says.
 *
 * <p>In fp16 there are {@code unscale} and {@code forget} too, for a loss that was scaled.
 *
 * <ul>
 *   <li>{@code loss(images, labels)} gives the mean loss and the number of top-1 hits, with batch norms in
 *       training; of masks with positions of no class, the number of others too;
 *   <li>{@code step(rate, …)} moves every weight by its gradient, empties the gradients, and gives the square of the
 *       norm of the first layer's gradient as it was;
 *   <li>{@code evaluate(images, labels)} gives the loss of each image, whether it is a top-1 hit, and how many classes
 *       scored at least as high as the right one, with batch norms by their running statistics; of masks,
 *       the mean loss of each image (the sum, where some positions are of no class), and how often each class was taken
 *       for each;
 *   <li>{@code taps(images)} gives, for each tap in order, how many scalars a ReLU silenced there, the mean of each
 *       channel, and the sum of products of the centred channels, with batch norms by their running statistics;
 *   <li>{@code spectrum(products)} gives the singular values of those centred channels;
 *   <li>{@code weights()} gives the tensors of the network in the order of its program's parameters.
 * </ul>
 */
public final class TrainingModule {
    private static final TorchPrinter SCORES = new TorchPrinter(TorchPrinter.Result.SCORES);
    private static final TorchPrinter MEASURED = new TorchPrinter(TorchPrinter.Result.MEASURED);

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

    /** The archive of a network with these weights. */
    public static byte[] of(
            Layer network,
            Shape input,
            Weights weights,
            ElementType precision,
            Form form,
            Optimizer optimizer,
            Target target,
            double clipNorm) {
        Program training = Rules.training(network, input, precision, form);
        List<Parameter> trainable = training.trainable();
        List<Archive.Attribute> attributes = new ArrayList<>(Archive.attributes(training, weights));
        for (Parameter parameter : trainable) {
            for (String state : OptimizerScript.state(optimizer)) {
                attributes.add(new Archive.Attribute(
                        state + parameter.name(),
                        parameter.shape(),
                        false,
                        FloatBuffer.allocate(parameter.shape().elements())));
            }
        }
        String methods = loss(training, target)
                + taps(Rules.taps(network, input, precision))
                + weights(training)
                + OptimizerScript.of(optimizer, trainable, clipNorm)
                + (precision == ElementType.FP16 ? OptimizerScript.scaling(trainable) : "")
                + evaluate(Rules.evaluation(network, input, precision), target);
        return Archive.of(attributes, methods);
    }

    private static String loss(Program program, Target target) {
        boolean ignoring = target instanceof Target.Mask mask && mask.ignoring();
        return """
                  def loss(self: __torch__.Net,
                    images: Tensor,
                    labels: Tensor) -> Tuple[%s]:
                    x = torch.permute(images, [0, 3, 1, 2])
                """.formatted(ignoring ? "Tensor, Tensor, Tensor" : "Tensor, Tensor")
                + SCORES.print(program)
                + (target instanceof Target.Mask masks
                        ? MaskScript.loss(masks).indent(4)
                        : """
                    loss = torch.cross_entropy_loss(scores, labels, None, 1, -100, %s)
                    hits = torch.sum(torch.eq(torch.argmax(scores, 1), labels))
                """.formatted(((Target.Label) target).smoothing()))
                + (ignoring ? "    return (loss, hits, positions)\n" : "    return (loss, hits)\n");
    }

    private static String taps(Program program) {
        return """
                  def taps(self: __torch__.Net,
                    images: Tensor) -> List[Tensor]:
                    x = torch.permute(images, [0, 3, 1, 2])
                """ + MEASURED.print(program) + """
                    return measured
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
                    + MaskScript.evaluation(mask).indent(4) + "    return (losses, counts)\n";
        }
        return "  def evaluate(self: __torch__.Net,\n" + scored.formatted("Tensor, Tensor, Tensor") + """
                    losses = torch.cross_entropy_loss(scores, labels, None, 0, -100, 0.)
                    hits = torch.to(torch.eq(torch.argmax(scores, 1), labels), 4)
                    right = torch.gather(scores, 1, torch.unsqueeze(labels, 1))
                    ranks = torch.sum(torch.ge(scores, right), [1])
                    return (losses, hits, ranks)
                """;
    }
}
