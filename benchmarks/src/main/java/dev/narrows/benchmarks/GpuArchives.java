package dev.narrows.benchmarks;

import com.google.gson.GsonBuilder;
import dev.narrows.cost.Cost;
import dev.narrows.net.Layer;
import dev.narrows.net.Shape;
import dev.narrows.program.ElementType;
import dev.narrows.program.Form;
import dev.narrows.program.Initialisation;
import dev.narrows.program.Lowering;
import dev.narrows.study.Optimizer;
import dev.narrows.torch.TrainingModule;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Writes the archives that {@code benchmarks/gpu/check.py} trains, and {@code networks.json}, from which it builds the
 * same networks in Python: the six of {@link Variant}, and a bottleneck for images of 3x32x32.
 */
public final class GpuArchives {
    private static final Optimizer OPTIMIZER = new Optimizer.Sgd(0.9, true, 5e-4);

    private GpuArchives() {}

    /** @param arguments the folder to write to, and the name of the form */
    public static void main(String[] arguments) throws IOException {
        Path folder = Files.createDirectories(Path.of(arguments[0]));
        Form form = Form.valueOf(arguments[1]);
        Map<String, Object> networks = new LinkedHashMap<>();
        for (Variant variant : Variant.values()) {
            write(folder, variant.word(), variant.network(), Variant.INPUT, form, networks);
        }
        Shape cifar = new Shape(3, 32, 32);
        write(folder, "wide", Variant.network("bottleneck", WIDE, cifar), cifar, form, networks);
        Files.writeString(
                folder.resolve("networks.json"), new GsonBuilder().create().toJson(networks));
    }

    /** 35 million MACs, 221,386 parameters. */
    static final String WIDE =
            "stem { width = 64, kernel = 3, stride = 1 }, widths = [64, 128, 256], depths = [2, 2, 2],"
                    + " strides = [1, 2, 2], mid-ratio = 0.25";

    private static void write(
            Path folder, String name, Layer network, Shape input, Form form, Map<String, Object> networks)
            throws IOException {
        for (ElementType type : new ElementType[] {ElementType.FP32, ElementType.BF16}) {
            byte[] archive = TrainingModule.of(
                    network, input, Initialisation.of(Lowering.of(network, input), 0), type, form, OPTIMIZER, 0, 0);
            Files.write(folder.resolve(name + "-" + type.name().toLowerCase(java.util.Locale.ROOT) + ".pt"), archive);
        }
        Cost cost = Cost.of(network, input);
        networks.put(
                name,
                Map.of(
                        "network", NetworkJson.of(network),
                        "channels", input.channels(),
                        "height", input.height(),
                        "width", input.width(),
                        "params", cost.params(),
                        "macs", cost.macs()));
    }
}
