package dev.narrows.study.setting;

/**
 * A source of values for the settings of a record: a study file, a row of the journal, or another record.
 *
 * @param <R> the record
 */
public interface SettingValues<R> {
    /** The value of one setting. */
    <T> T get(Setting<R, T> setting);

    /** The values that a record has. */
    static <R> SettingValues<R> of(R record) {
        return new SettingValues<>() {
            @Override
            public <T> T get(Setting<R, T> setting) {
                return setting.value(record);
            }
        };
    }

    /** The same values but for one. */
    default <S> SettingValues<R> with(Setting<R, S> changed, S value) {
        SettingValues<R> others = this;
        return new SettingValues<>() {
            @Override
            @SuppressWarnings("unchecked")
            public <T> T get(Setting<R, T> setting) {
                return setting.equals(changed) ? (T) value : others.get(setting);
            }
        };
    }
}
