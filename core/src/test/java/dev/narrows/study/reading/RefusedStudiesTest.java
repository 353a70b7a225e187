package dev.narrows.study.reading;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each problem of a study is one line that begins with its place. */
class RefusedStudiesTest {
    @TempDir
    Path folder;

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    training { epoch = 3 } | Cannot take training.epoch: there is no such key; the nearest is epochs
                    trainin { epochs = 3 } | Cannot take trainin: there is no such key; the nearest is training
                    zzz = 1 | Cannot take zzz: there is no such key; there are study, question, data, input, seeds, \
                    grid, training, threads, limits, latency, objectives, keep-weights, search, constraints, let
                    training { epochs = 1.5 } | Cannot take training.epochs = 1.5: it must be a whole number of at \
                    least 1
                    training { epochs = 0 } | Cannot take training.epochs = 0: it must be a whole number of at least 1
                    training { epochs = three } | Cannot take training.epochs = three: it must be a whole number of at \
                    least 1
                    training { epochs = 3000000000 } | Cannot take training.epochs = 3000000000: it must be at most \
                    2147483647
                    training { epochs = [] } | Cannot take an empty list for training.epochs: it must have an entry
                    training { epochs = [3, 3] } | Cannot take training.epochs = 3 twice
                    training { learning-rate = [0.1, 0] } | Cannot take training.learning-rate = 0: it must be a \
                    number greater than 0
                    training { label-smoothing = 1 } | Cannot take training.label-smoothing = 1: it must be a number \
                    of at least 0 and less than 1
                    training { schedule = one-cycl } | Cannot take training.schedule = one-cycl: it must be one of \
                    constant, cosine, one-cycle; the nearest is one-cycle
                    training { precision = fp33 } | Cannot take training.precision = fp33: it must be one of auto, \
                    fp32, bf16, fp16; the nearest is fp32
                    training { warmup-epochs = 3 } | Cannot warm up for 3 of 3 epochs: nothing is left to train
                    training { time-limit = 60 } | Cannot take training.time-limit = 60: it must be a duration with a \
                    unit, such as 90 s or 10 minutes
                    training { augment { flip = 1 } } | Cannot take training.augment.flip = 1: it must be true or false
                    training { augment = 2 } | Cannot take training.augment = 2: it must be an object
                    training { optimizer { name = adamw, momentum = 0.9 } } | Cannot take training.optimizer.momentum: \
                    adamw has no such key; there are beta1, beta2, epsilon, weight-decay, learning-rate, name
                    training { optimizer { name = adam } } | Cannot take training.optimizer.name = adam: it must be \
                    one of sgd, adamw; the nearest is adamw
                    training { optimizer { momentum = 0 } } | Cannot take nesterov without momentum: it looks ahead \
                    along the momentum
                    training { learning-rate = 1, optimizer { learning-rate = 1 } } | Cannot take two learning rates: \
                    training and its optimizer each give one
                    threads = -1 | Cannot take threads = -1: it must be a whole number of at least 1
                    seeds = [0, 0] | Cannot take seeds = 0 twice
                    seeds = [0.5] | Cannot take seeds = 0.5: it must be a whole number of 64 bits, also a negative one
                    seeds = true | Cannot take seeds = true: it must be a whole number of 64 bits, also a negative one
                    seeds = {} | Cannot take seeds = {}: it must be a whole number of 64 bits, also a negative one
                    latency { runtimes = true } | Cannot take latency.runtimes = true: it must be one of torch, onnx
                    latency { runtimes = tensorrt } | Cannot take latency.runtimes = tensorrt: it must be one of \
                    torch, onnx
                    latency { batch-sizes = many } | Cannot take latency.batch-sizes = many: it must be a whole number \
                    of at least 1
                    latency { batch-sizes = [1, 0] } | Cannot take latency.batch-sizes = 0: it must be a whole number \
                    of at least 1
                    limits { params = 1X } | Cannot take limits.params = 1X: it must be a whole number of at least 1
                    limits { params = 1.0001k } | Cannot take limits.params = 1.0001k: it must be a whole number of at \
                    least 1
                    limits { training-memory = 2 } | Cannot take limits.training-memory = 2: it is 2 bytes, and no \
                    training fits that; did you mean 2 GiB?
                    limits { training-memory = 1 } | Cannot take limits.training-memory = 1: it is 1 byte, and no \
                    training fits that; did you mean 1 GiB?
                    limits { training-memory = 2000 } | Cannot take limits.training-memory = 2000: it is 2000 bytes, \
                    and no training fits that; did you mean 2000 MiB?
                    limits { training-memory = 2 kB } | Cannot take limits.training-memory = 2 kB: it is 2000 bytes, \
                    and no training fits that
                    seeds = [-1, 9223372036854775808] | Cannot take seeds = 9223372036854775808: it must be from \
                    -9223372036854775808 to 9223372036854775807, the numbers of 64 bits
                    epochs = 5 | Cannot take epochs: there is no such key; did you mean training.epochs?
                    sample = 20 | Cannot take sample: it belongs in an entry of the grid: grid = [ { family = …, \
                    sample = … } ]
                    mid-ratio = 0.5 | Cannot take mid-ratio: it belongs in an entry of the grid: grid = [ { family = \
                    …, mid-ratio = … } ]
                    limits { macs = 1e19 } | Cannot take limits.macs = 1.0E19: it must be at most 9223372036854775807, \
                    the largest number of 64 bits
                    limits { training-memory = 5M } | Cannot take limits.training-memory = 5M: it must be a size such \
                    as 2 GiB or 2 GB
                    latency { for = some } | Cannot take latency.for = some: it must be one of all, front, none
                    latency { minimum-time = 20 s } | Cannot probe latency for at least 20 s and at most 10 s
                    objectives = [] | Cannot choose without objectives: the list is empty
                    objectives = params | Cannot take objectives: it must be a list such as [ { maximize = \
                    validation_accuracy } ]
                    objectives = [ { minimise = params } ] | Cannot take minimise in an objective: there is no such \
                    key; the nearest is minimize
                    objectives = [ { minimize = param } ] | Cannot choose by param: there is no such measure; the \
                    nearest is params
                    objectives = [ { minimize = macs }, { maximize = macs } ] | Cannot choose by macs twice
                    objectives = [ { maximize = test_accuracy } ] | Cannot choose by test_accuracy: the test images \
                    are looked at once, after the choice; validation_accuracy is what choices use
                    latency { for = none }, objectives = [ { minimize = latency_p99_us } ] | Cannot choose by \
                    latency_p99_us: latency.for is none, so it is not measured
                    data { source = "bundled:fashion-mnist" } | Cannot take both data and input: the images say what \
                    networks take
                    """)
    void aBadKeyOrValueIsToldWithItsLine(String text, String message) {
        assertThat(StudyFiles.problems(folder, StudyFiles.LEAST + text))
                .hasSize(1)
                .allSatisfy(problem ->
                        assertThat(problem.replaceFirst("x.conf: [12]: ", "")).isEqualTo(message));
    }

    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    family = residul | Cannot take family = residul: there is no such family; the nearest is residual
                    widths = [1, 2, 3] | Cannot plan a grid without a family: there are bottleneck, convnext, dense, \
                    depthwise-separable, inception, inverted-bottleneck, plain, residual, u-net
                    family = bottleneck, cardinalty = 4 | Cannot take cardinalty: bottleneck has no such knob; the \
                    nearest is cardinality
                    family = residual, expansion = 4 | Cannot take expansion: residual has no such knob; there are \
                    widths, depths, strides, mid, mid-ratio, kernel, skip, shortcut, norm, activation, bias, \
                    stem.width, stem.kernel, stem.stride, stem.padding, stem.pool, stem.pool-kernel, stem.pool-stride, \
                    head.classify, head.width, head.pool, head.hidden
                    family = residual, stem { widht = 3 } | Cannot take stem.widht: residual has no such knob; the \
                    nearest is stem.width
                    family = residual, head = 3 | Cannot take head = 3: it must be an object of classify, width, pool, \
                    hidden
                    family = bottleneck, cardinality = 0 | Cannot take cardinality = 0: it must be a whole number of \
                    at least 1
                    family = bottleneck, cardinality = [1, 1.5] | Cannot take cardinality = 1.5: it must be a whole \
                    number of at least 1
                    family = bottleneck, cardinality = [] | Cannot take an empty list for cardinality: it must have an \
                    entry
                    family = bottleneck, cardinality = [4, 2, 4] | Cannot take cardinality = 4 twice: each value of an \
                    axis is tried once; for one value per stage write cardinality = [[4, 2, 4]]
                    family = bottleneck, cardinality = [[4, 2, 4], [4, 2, 4]] | Cannot take cardinality = [4, 2, 4] \
                    twice: each value of an axis is tried once
                    family = bottleneck, skip = [true, true] | Cannot take skip = true twice: each value of an axis is \
                    tried once
                    family = inverted-bottleneck, expansion = [1, 6, 6] | Cannot take expansion = 6 twice: each value \
                    of an axis is tried once; for one value per stage write expansion = [[1, 6, 6]]
                    family = bottleneck, widths = 32 | Cannot take widths = 32: it must be a list, each entry a whole \
                    number of at least 1
                    family = bottleneck, widths = [[32, 64, 128], 16] | Cannot take widths = 16: it must be a list, \
                    each entry a whole number of at least 1
                    family = bottleneck, widths = [32, -64, 128] | Cannot take widths = -64: it must be a whole number \
                    of at least 1
                    family = residual, norm = group | Cannot take norm = group: it must be one of batch, layer, none
                    family = residual, skip = maybe | Cannot take skip = maybe: it must be true or false
                    family = residual, mid = { form = 3 } | `Cannot take mid = {"form":3}: it must be a whole number \
                    of at least 1, a list of these, { from, to, steps } or { solve-for, equal }`
                    family = residual, seeds = true | Cannot take seeds = true: it must be a whole number of 64 bits, \
                    also a negative one
                    family = residual, kernel = { from = 1, to = 1e12, steps = 3 } | Cannot step from 1 to \
                    1000000000000 for kernel: its values must be at most 2147483647
                    family = residual, kernel = { from = 1, to = 9, steps = 2000000000 } | Cannot step from 1 to 9 in \
                    2000000000 steps for kernel: more than 1,000,000 values
                    family = residual, seeds = [] | Cannot take an empty list for seeds: it must have an entry
                    family = residual, sample { seed = 1 } | Cannot draw a sample: sample.count is missing
                    family = residual, sample { count = 2000000 } | Cannot draw 2,000,000 points: at most 1,000,000
                    family = residual, sample { count = 0 } | Cannot take sample.count = 0: it must be a whole number \
                    of at least 1
                    """)
    void aBadGridIsToldWithItsLine(String entry, String message) {
        assertThat(StudyFiles.problems(folder, StudyFiles.gridText("{ " + entry + " }")))
                .containsExactly("x.conf: 2: " + message);
    }

    @Test
    void whatIsMissingIsTold() {
        assertThat(StudyFiles.problems(folder, "threads = 1"))
                .containsExactly(
                        "x.conf: Cannot name the results: study = NAME is missing",
                        "x.conf: Cannot tell what networks take: data { source = … } is missing,"
                                + " or input { shape = [C, H, W], classes = N } for a study that only plans",
                        "x.conf: Cannot plan without a grid: grid = [ { family = … } ] is missing");
    }

    @Test
    void anEmptyGridIsRefused() {
        assertThat(StudyFiles.problems(folder, "study = x, data { source = y }\ngrid = []"))
                .containsExactly(
                        "x.conf: 2: Cannot plan an empty grid: it must have an entry, such as { family = bottleneck }");
    }

    @Test
    void aGridThatIsNoListIsRefused() {
        assertThat(StudyFiles.problems(folder, "study = x, data { source = y }\ngrid { family = residual }"))
                .containsExactly(
                        "x.conf: 2: Cannot take grid: it must be a list of objects, grid = [ { family = … } ]");
    }

    @Test
    void aNameThatIsNoFoldersIsRefused() {
        assertThat(StudyFiles.problems(folder, StudyFiles.LEAST.replace("study = x", "study = \"../x\"")))
                .containsExactly("x.conf: 1: Cannot take study = ../x: it names a folder,"
                        + " so it must be letters, digits, dots, dashes and underscores");
    }

    @Test
    void aGridThatNobodyCanFinishMustBeSampled() {
        StringBuilder entry = new StringBuilder("{ family = residual");
        for (String knob : new String[] {"mid", "kernel", "stem.width", "stem.kernel", "head.width", "head.pool"}) {
            entry.append(", ").append(knob).append(" = { from = 1, to = 2000, step = 1 }");
        }
        assertThat(StudyFiles.problems(folder, StudyFiles.gridText(entry + " }")))
                .containsExactly("x.conf: 2: Cannot try a grid of 64000000000000000000 variants one by one:"
                        + " sample = { count = 200, seed = 1 } draws from it");
        assertThat(StudyFiles.problems(folder, StudyFiles.gridText(entry + ", sample = { count = 2 } }")))
                .isEmpty();
    }

    @Test
    void everyProblemIsToldAtOnceInTheOrderOfTheFile() {
        String text = """
                study = x
                data { source = "bundled:fashion-mnist", train = 1.5, valdation = 10 }
                grid = [
                  { family = bottlneck }
                  { family = bottleneck
                    stem { width = [16,
                                    0] }
                    kernel = [3, 3.5,
                              x]
                  }
                  5
                ]
                limits { params = many }
                """;
        assertThat(StudyFiles.problems(folder, text, "training.batch-size=1.5", "foo=3"))
                .containsExactly(
                        "--set: Cannot take training.batch-size = 1.5: it must be a whole number of at least 1",
                        "--set: Cannot take foo: there is no such key; there are study, question, data, input, seeds,"
                                + " grid, training, threads, limits, latency, objectives, keep-weights,"
                                + " search, constraints, let",
                        "x.conf: 2: Cannot take data.train = 1.5: it must be a whole number of at least 1",
                        "x.conf: 2: Cannot take data.valdation: there is no such key; the nearest is validation",
                        "x.conf: 4: Cannot take family = bottlneck: there is no such family; the nearest is bottleneck",
                        "x.conf: 7: Cannot take stem.width = 0: it must be a whole number of at least 1",
                        "x.conf: 8: Cannot take kernel = 3.5: it must be a whole number of at least 1",
                        "x.conf: 9: Cannot take kernel = x: it must be a whole number of at least 1",
                        "x.conf: 11: Cannot take 5 as a grid: it must be an object, such as { family = bottleneck }",
                        "x.conf: 13: Cannot take limits.params = many: it must be a whole number of at least 1");
    }
}
