package dev.offload.spring.autoconfigure;

import java.lang.reflect.RecordComponent;
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

	private static final Set<String> SETTINGS = names(ExecutorProperties.class);

	private static final Set<String> OTHERS = names(OffloadProperties.class);

	/** What may follow {@code offload} alone. */
	private static final Set<String> TOP = OTHERS.stream()
		.map(UnknownKeys::first)
		.collect(Collectors.toCollection(TreeSet::new));

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
		String whole = didYouMean(PREFIX, rest, OTHERS);
		return whole.isEmpty() ? didYouMean(PREFIX, first(rest), TOP) : whole;
	}

	private static String first(String name) {
		return name.substring(0, (name.indexOf('.') < 0) ? name.length() : name.indexOf('.'));
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

	// Those of an executor are told apart, for they stand below many names.
	private static Set<String> names(Class<?> type) {
		Set<String> names = new TreeSet<>();
		for (RecordComponent component : type.getRecordComponents()) {
			String name = DataObjectPropertyName.toDashedForm(component.getName());
			Class<?> nested = component.getType();
			if (nested.isRecord() && nested != ExecutorProperties.class) {
				names(nested).forEach((each) -> names.add(name + "." + each));
			}
			else {
				names.add(name);
			}
		}
		return names;
	}

}
