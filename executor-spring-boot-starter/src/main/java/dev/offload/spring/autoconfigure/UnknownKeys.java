package dev.offload.spring.autoconfigure;

import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.springframework.boot.context.properties.bind.DataObjectPropertyName;
import org.springframework.boot.context.properties.source.ConfigurationProperty;

import dev.offload.spring.validation.NearNames;

/**
 * Says of keys that there are not which ones were probably meant.
 */
final class UnknownKeys {

	private static final Set<String> SETTINGS = settings();

	private static final Set<String> TOP = names(OffloadProperties.class);

	/** What stands before a setting of an executor, and the setting. */
	private static final Pattern OF_EXECUTOR = Pattern
		.compile("(offload\\.(?:defaults|executors(?:\\.[^.\\[]+|\\[[^\\]]+]))\\.)(.+)");

	private static final String PREFIX = "offload.";

	private UnknownKeys() {
	}

	/**
	 * Describes them.
	 * @param properties the properties that belong to no setting
	 * @return what is wrong with each, with its full path and origin
	 */
	static List<String> describe(Collection<ConfigurationProperty> properties) {
		return properties.stream().map(UnknownKeys::describe).sorted().toList();
	}

	private static String describe(ConfigurationProperty property) {
		String key = property.getName().toString();
		String where = (property.getOrigin() != null) ? " (" + property.getOrigin() + ")" : "";
		return key + where + " is no setting" + suggestion(key);
	}

	private static String suggestion(String key) {
		Matcher setting = OF_EXECUTOR.matcher(key);
		if (setting.matches()) {
			return didYouMean(setting.group(1), setting.group(2), SETTINGS) + brackets(key, setting.group(2));
		}
		String rest = key.substring(PREFIX.length());
		int end = (rest.indexOf('.') < 0) ? rest.length() : rest.indexOf('.');
		return didYouMean(PREFIX, rest.substring(0, end), TOP);
	}

	private static String didYouMean(String before, String name, Set<String> known) {
		return NearNames.nearest(name, known).map((near) -> ". Did you mean " + before + near + "?").orElse("");
	}

	// The name of an executor ends at its first dot, and a setting that follows is lost.
	private static String brackets(String key, String rest) {
		boolean dotted = !key.startsWith(SettingPaths.DEFAULTS)
				&& SETTINGS.stream().anyMatch((known) -> rest.endsWith("." + known));
		return dotted ? ". The name of an executor that has dots goes in brackets: offload.executors[a.b]" : "";
	}

	private static Set<String> settings() {
		Set<String> names = names(ExecutorProperties.class);
		names(WorkerProperties.class).forEach((name) -> names.add("worker." + name));
		return names;
	}

	private static Set<String> names(Class<? extends Record> type) {
		return Arrays.stream(type.getRecordComponents())
			.map((component) -> DataObjectPropertyName.toDashedForm(component.getName()))
			.collect(Collectors.toCollection(TreeSet::new));
	}

}
