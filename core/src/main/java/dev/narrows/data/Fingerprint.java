package dev.narrows.data;

import dev.narrows.data.source.Item;
import dev.narrows.study.Preparation;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The first 128 bits of a SHA-256 over the images and their parts, in hexadecimal. */
final class Fingerprint {
    private static final int BYTES = 16;

    private Fingerprint() {}

    static String of(List<String> classNames, Split split, Preparation preparation) {
        MessageDigest digest;
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Cannot hash images: every Java has SHA-256, this one has not", e);
        }
        add(digest, "narrows-data-1");
        digest.update(number(classNames.size()));
        classNames.forEach(name -> add(digest, name));
        for (List<Item> part : List.of(split.train(), split.validation(), split.test())) {
            digest.update(number(part.size()));
            for (Item item : part) {
                digest.update(number(item.label()));
                byte[] bytes = item.bytes();
                digest.update(number(bytes.length));
                digest.update(bytes);
                byte @Nullable [] mask = item.mask();
                if (mask != null) {
                    digest.update(number(mask.length));
                    digest.update(mask);
                }
            }
        }
        settings(preparation).forEach(setting -> add(digest, setting));
        return HexFormat.of().formatHex(digest.digest(), 0, BYTES);
    }

    /** One line per setting that differs from its default. Defaults add nothing, so that older ids stay valid. */
    private static List<String> settings(Preparation preparation) {
        List<String> lines = new ArrayList<>();
        if (!preparation.ignore().isEmpty()) {
            lines.add("ignore=" + preparation.ignore());
        }
        if (preparation.colour() != Preparation.NONE.colour()) {
            lines.add("colour=" + preparation.colour());
        }
        if (preparation.size().given()) {
            lines.add("size=%s %s".formatted(preparation.size(), preparation.fit()));
        }
        if (preparation.patch().given()) {
            lines.add("patch=" + preparation.patch());
        }
        if (preparation.corrupt() != Preparation.NONE.corrupt()) {
            lines.add("corrupt=" + preparation.corrupt());
        }
        return lines;
    }

    private static void add(MessageDigest digest, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        digest.update(number(bytes.length));
        digest.update(bytes);
    }

    private static byte[] number(int value) {
        return ByteBuffer.allocate(Integer.BYTES).putInt(value).array();
    }
}
