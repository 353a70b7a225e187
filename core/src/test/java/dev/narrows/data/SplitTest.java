package dev.narrows.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.narrows.data.source.BadData;
import dev.narrows.data.source.Item;
import dev.narrows.data.source.Source;
import dev.narrows.study.DataSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class SplitTest {
    /** Of class 0 half, of class 1 three tenths, of class 2 a fifth. */
    private static List<Item> items(String file, int count) {
        return IntStream.range(0, count)
                .mapToObj(i -> new Item(new byte[] {(byte) i}, null, i % 10 < 5 ? 0 : i % 10 < 8 ? 1 : 2, file, i))
                .toList();
    }

    private static final Source SOURCE =
            new Source("set", List.of("a", "b", "c"), items("train", 200), List.of(), items("test", 50));

    private static DataSpec spec(Integer train, Integer validation, Integer test, long seed) {
        return new DataSpec(
                "set", Optional.ofNullable(train), Optional.ofNullable(validation), Optional.ofNullable(test), seed);
    }

    private static List<Long> perClass(List<Item> items) {
        return IntStream.range(0, 3)
                .mapToObj(label ->
                        items.stream().filter(item -> item.label() == label).count())
                .toList();
    }

    @Test
    void everyPartHasEachClassInItsShare() {
        Split split = Split.of(SOURCE, spec(100, 40, 30, 0));
        assertThat(perClass(split.train())).containsExactly(50L, 30L, 20L);
        assertThat(perClass(split.validation())).containsExactly(20L, 12L, 8L);
        assertThat(perClass(split.test())).containsExactly(15L, 9L, 6L);
    }

    @Test
    void sharesAreRoundedByTheLargestRemainder() {
        assertThat(Split.quotas(new int[] {5, 3, 2}, 4)).containsExactly(2, 1, 1);
        assertThat(Split.quotas(new int[] {1, 1, 1}, 2)).containsExactly(1, 1, 0);
        assertThat(Split.quotas(new int[] {1_000_000_000, 1_000_000_000}, 2_000_000_000))
                .containsExactly(1_000_000_000, 1_000_000_000);
    }

    @Test
    void noImageIsInTwoParts() {
        for (Source source :
                List.of(SOURCE, new Source("set", SOURCE.classNames(), SOURCE.train(), List.of(), List.of()))) {
            Split split = Split.of(source, spec(null, 30, 20, 1));
            List<Item> all = new ArrayList<>();
            Stream.of(split.train(), split.validation(), split.test()).forEach(all::addAll);
            assertThat(all).doesNotHaveDuplicates();
        }
    }

    @Test
    void validationStaysTheSameHoweverManyImagesAreTrainedOn() {
        assertThat(Split.of(SOURCE, spec(20, 40, null, 5)).validation())
                .isEqualTo(Split.of(SOURCE, spec(160, 40, null, 5)).validation())
                .isNotEqualTo(Split.of(SOURCE, spec(20, 40, null, 6)).validation());
    }

    @Test
    void fewerTrainingImagesAreAmongThoseOfMore() {
        assertThat(Split.of(SOURCE, spec(160, 40, null, 5)).train())
                .containsAll(Split.of(SOURCE, spec(20, 40, null, 5)).train());
    }

    /** The paradox of the largest remainder: a class of 2 in 14 loses an image as the draw grows from 10 to 11. */
    @Test
    void aClassCanHaveFewerOfMoreImages() {
        assertThat(Split.quotas(new int[] {6, 6, 2}, 10)).containsExactly(4, 4, 2);
        assertThat(Split.quotas(new int[] {6, 6, 2}, 11)).containsExactly(5, 5, 1);
    }

    @Test
    void whatASourceDoesNotBringIsATenthOfItsTrainingImages() {
        Split split = Split.of(
                new Source("set", SOURCE.classNames(), SOURCE.train(), List.of(), List.of()),
                spec(null, null, null, 0));
        assertThat(List.of(
                        split.test().size(),
                        split.validation().size(),
                        split.train().size()))
                .containsExactly(20, 18, 162);
    }

    @Test
    void aValidationPartThatTheSourceBringsIsUsed() {
        List<Item> own = items("validation", 60);
        Split split = Split.of(
                new Source("set", SOURCE.classNames(), SOURCE.train(), own, SOURCE.test()), spec(null, null, null, 0));
        assertThat(split.validation()).isEqualTo(own);
        assertThat(split.train()).hasSize(200);
    }

    @Test
    void aTenthOfTooFewImagesIsRefusedWithWhatToSet() {
        Source few = new Source("few", SOURCE.classNames(), items("train", 10), List.of(), List.of());
        assertThatThrownBy(() -> Split.of(few, spec(null, null, null, 0)))
                .isInstanceOf(BadData.class)
                .hasMessage("Cannot hold out images for data.validation from few: it has no validation part, and a"
                        + " tenth of the 9 training images left is 0 (set data.validation to a number, such as 1)");
        assertThat(Split.of(few, spec(null, 1, null, 0)).train()).hasSize(8);
    }

    @Test
    void aPartMustHaveAnImage() {
        assertThatThrownBy(() -> Split.of(SOURCE, spec(null, 200, null, 0)))
                .isInstanceOf(BadData.class)
                .hasMessage("Cannot take 0 images as data.train from set: at least 1 is needed, and there are"
                        + " 0 in its train part beside those for validation");
        assertThatThrownBy(() -> Split.of(SOURCE, spec(-5, null, null, 0)))
                .isInstanceOf(BadData.class)
                .hasMessageStartingWith("Cannot take -5 images as data.train from set");
    }
}
