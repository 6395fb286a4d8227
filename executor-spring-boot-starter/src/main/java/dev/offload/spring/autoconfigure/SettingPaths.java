package dev.offload.spring.autoconfigure;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.source.ConfigurationProperty;
import org.springframework.boot.context.properties.source.ConfigurationPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationPropertySource;
import org.springframework.boot.context.properties.source.ConfigurationPropertySources;
import org.springframework.boot.context.properties.source.ConfigurationPropertyState;
import org.springframework.core.env.Environment;

/**
 * Says where in the configuration a setting of an executor was set.
 */
final class SettingPaths {

	static final String EXECUTORS = "offload.executors.";

	static final String DEFAULTS = "offload.defaults.";

	private final Environment environment;

	SettingPaths(Environment environment) {
		this.environment = environment;
	}

	/**
	 * The full path of a setting, with the file and line if they are known.
	 * @param executor the name of the executor
	 * @param setting the name of the setting
	 * @return the path of the executor's own setting, or that of the default if only it
	 * was set
	 */
	String describe(String executor, String setting) {
		String path = path(executor, setting);
		ConfigurationProperty property = find(path);
		return (property != null && property.getOrigin() != null) ? path + " (" + property.getOrigin() + ")" : path;
	}

	/**
	 * The full path of a setting.
	 * @param executor the name of the executor
	 * @param setting the name of the setting
	 * @return the path of the executor's own setting, or that of the default if only it
	 * was set
	 */
	String path(String executor, String setting) {
		String own = EXECUTORS + executor + "." + setting;
		String otherwise = DEFAULTS + setting;
		return (!isSet(own) && isSet(otherwise)) ? otherwise : own;
	}

	private boolean isSet(String path) {
		ConfigurationPropertyName name = ConfigurationPropertyName.adapt(path, '.');
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(this.environment)) {
			if (source.getConfigurationProperty(name) != null
					|| source.containsDescendantOf(name) == ConfigurationPropertyState.PRESENT) {
				return true;
			}
		}
		return false;
	}

	private @Nullable ConfigurationProperty find(String path) {
		ConfigurationPropertyName name = ConfigurationPropertyName.adapt(path, '.');
		for (ConfigurationPropertySource source : ConfigurationPropertySources.get(this.environment)) {
			ConfigurationProperty property = source.getConfigurationProperty(name);
			if (property != null) {
				return property;
			}
		}
		return null;
	}

}
