package dev.narrows.study.setting;

import java.util.LinkedHashMap;
import java.util.Map;

/** The values that a section of a study file says, or that are its defaults. */
public final class SectionValues<R> implements SettingValues<R> {
    private final SettingSection section;
    private final Map<String, SettingSection> within = new LinkedHashMap<>();

    public SectionValues(SettingSection section) {
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

    /**
     * Refuses every key that is no setting's, also in the sections within. It is called once all settings were read.
     */
    public void refuseOthers() {
        within.values().forEach(SettingSection::refuseOthers);
        section.refuseOthers();
    }
}
