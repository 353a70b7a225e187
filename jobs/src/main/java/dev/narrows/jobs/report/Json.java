package dev.narrows.jobs.report;

import com.google.gson.Gson;
import com.google.gson.GsonBuilder;
import com.google.gson.TypeAdapter;
import com.google.gson.stream.JsonReader;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.MathContext;
import org.jspecify.annotations.Nullable;

/** Data as text that may stand inside a script element: {@code <}, {@code >} and {@code &} are written as escapes. */
final class Json {
    private static final Gson GSON = new GsonBuilder()
            .registerTypeAdapter(Double.class, new SixDigits())
            .registerTypeAdapter(double.class, new SixDigits())
            .create();

    private Json() {}

    /** Leaves out nulls, and fields whose number is none. */
    static String of(Object data) {
        return GSON.toJson(data);
    }

    /** Whole numbers exactly, others to six digits, which a chart cannot show all of. */
    private static final class SixDigits extends TypeAdapter<Double> {
        private static final MathContext DIGITS = new MathContext(6);
        private static final double EXACT = 0x1p53;

        @Override
        public void write(JsonWriter out, @Nullable Double value) throws IOException {
            if (value == null || !Double.isFinite(value)) {
                out.nullValue();
            } else if (value == Math.rint(value) && Math.abs(value) < EXACT) {
                out.value(value.longValue());
            } else {
                out.value(new BigDecimal(value).round(DIGITS).stripTrailingZeros());
            }
        }

        @Override
        public Double read(JsonReader in) {
            throw new UnsupportedOperationException("The report is written and never read");
        }
    }
}
