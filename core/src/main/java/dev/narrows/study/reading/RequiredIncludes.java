package dev.narrows.study.reading;

import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigIncludeContext;
import com.typesafe.config.ConfigIncluder;
import com.typesafe.config.ConfigIncluderFile;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseable;
import java.io.File;
import java.util.Optional;

/**
 * Refuses an {@code include} of a file that is not there. HOCON passes over it, and half of a study would be missing.
 */
final class RequiredIncludes implements ConfigIncluder, ConfigIncluderFile {
    /** A file that is not there, by the name that the including file has for it. */
    static final class Missing extends ConfigException {
        private static final long serialVersionUID = 1L;

        private final String name;

        Missing(String name) {
            super(name);
            this.name = name;
        }

        String name() {
            return name;
        }
    }

    private final Optional<ConfigIncluder> usual;

    RequiredIncludes() {
        this(Optional.empty());
    }

    private RequiredIncludes(Optional<ConfigIncluder> usual) {
        this.usual = usual;
    }

    @Override
    public ConfigIncluder withFallback(ConfigIncluder fallback) {
        return new RequiredIncludes(Optional.of(fallback));
    }

    @Override
    public ConfigObject include(ConfigIncludeContext context, String what) {
        ConfigObject included = usual.orElseThrow().include(context, what);
        ConfigParseable beside = context.relativeTo(what);
        String path = beside == null ? null : beside.origin().filename();
        boolean there = path != null && new File(path).isFile();
        if (included.isEmpty() && !there && !new File(what).isFile()) {
            throw new Missing(what);
        }
        return included;
    }

    @Override
    public ConfigObject includeFile(ConfigIncludeContext context, File what) {
        if (!what.isFile()) {
            throw new Missing(what.toString());
        }
        return usual.orElseThrow() instanceof ConfigIncluderFile files
                ? files.includeFile(context, what)
                : include(context, what.toString());
    }
}
