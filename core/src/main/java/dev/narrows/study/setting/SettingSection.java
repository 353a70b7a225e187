package dev.narrows.study.setting;

import java.util.Optional;
import java.util.function.Supplier;

/** An object of a study file over its defaults, as settings read it. Problems are collected, and reading goes on. */
public interface SettingSection {
    /** True where the file itself has the key. */
    boolean has(String key);

    /** The value of a key that has a default. */
    <T> T one(String key, ValueReader<T> reader);

    /** The value of a key that has no default; empty where the file lacks it. */
    <T> Optional<T> find(String key, ValueReader<T> reader);

    /** The section under a key; empty where the file lacks it. */
    SettingSection section(String key);

    /** The same content, over the defaults that an object within these holds. */
    SettingSection over(String key);

    /** Tells a problem of the whole section. */
    void problem(String message);

    /** Refuses every key that nothing has asked for. It is called once every known key was asked for. */
    void refuseOthers();

    /** Refuses likewise, with a reason of its own. */
    void refuseOthers(Supplier<String> reason);
}
