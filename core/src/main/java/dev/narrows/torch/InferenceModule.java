package dev.narrows.torch;

import dev.narrows.program.Frozen;
import dev.narrows.program.Parameter;
import dev.narrows.program.Program;
import dev.narrows.program.Weights;
import java.io.IOException;
import java.util.List;

/**
 * A network as it is deployed: an archive with the one method {@code forward(x)}, from normalised fp32 images
 * (N, C, H, W) to fp32 scores (N, classes), with batch norms by their running statistics.
 *
 * <p>Python opens it with {@code torch.jit.load}.
 */
public final class InferenceModule {
    private InferenceModule() {}

    /**
     * The weights of an archive that {@link #of} made of this program.
     *
     * @throws IOException where it is that of another network, or none
     */
    public static Weights weights(Program program, byte[] archive) throws IOException {
        List<Parameter> parameters = program.parameters();
        List<float[]> tensors =
                Archive.read(archive, parameters.stream().map(Parameter::shape).toList());
        Weights weights = new Weights();
        for (int i = 0; i < parameters.size(); i++) {
            weights.put(parameters.get(i), tensors.get(i));
        }
        return weights;
    }

    /** The archive of a program with its weights. */
    public static byte[] of(Program program, Weights weights) {
        String forward = """
                  def forward(self: __torch__.Net,
                    x: Tensor) -> Tensor:
                """ + new TorchPrinter(TorchPrinter.Result.SCORES).print(program) + """
                    return scores
                """;
        return Archive.of(Archive.attributes(program, weights), forward);
    }

    /** The archive of a frozen program. */
    public static byte[] of(Frozen frozen) {
        return of(frozen.program(), frozen.weights());
    }
}
