package dev.narrows.study;

import java.util.LinkedHashMap;
import java.util.Map;

/** The values that a section of a study file says, or that are its defaults. */
final class SectionValues<R> implements SettingValues<R> {
    private final Section section;
    private final Map<String, Section> within = new LinkedHashMap<>();

    SectionValues(Section section) {
        this.section = section;
    }

    @Override
    public <T> T get(Setting<R, T> setting) {
        String key = setting.key();
        int dot = key.indexOf('.');
        return dot < 0
                ? setting.read(section, key)
                : setting.read(within.computeIfAbsent(key.substring(0, dot), section::section), key.substring(dot + 1));
    }

    /** Refuses every key that is no setting's, also in the sections within. To be called when all settings were read. */
    void refuseOthers() {
        within.values().forEach(Section::refuseOthers);
        section.refuseOthers();
    }
}
