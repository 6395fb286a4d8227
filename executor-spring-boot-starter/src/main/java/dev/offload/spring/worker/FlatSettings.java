package dev.offload.spring.worker;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * Lists and maps of strings in one map of strings, as a worker is given it. Not safe for
 * use by many threads.
 */
final class FlatSettings {

	private final Map<String, String> values;

	FlatSettings() {
		this(new LinkedHashMap<>());
	}

	FlatSettings(Map<String, String> values) {
		this.values = values;
	}

	Map<String, String> values() {
		return this.values;
	}

	void put(String key, @Nullable String value) {
		if (value != null) {
			this.values.put(key, value);
		}
	}

	void put(String key, List<String> list) {
		for (int i = 0; i < list.size(); i++) {
			this.values.put(key + "." + i, list.get(i));
		}
	}

	void put(String key, Map<String, String> map) {
		map.forEach((name, value) -> this.values.put(key + "." + name, value));
	}

	@Nullable String get(String key) {
		return this.values.get(key);
	}

	String require(String key) {
		String value = this.values.get(key);
		if (value == null) {
			throw new IllegalStateException("The service did not give '" + key + "' to its worker");
		}
		return value;
	}

	List<String> list(String key) {
		List<String> list = new ArrayList<>();
		String value = this.values.get(key + ".0");
		while (value != null) {
			list.add(value);
			value = this.values.get(key + "." + list.size());
		}
		return list;
	}

	Map<String, String> map(String key) {
		Map<String, String> map = new LinkedHashMap<>();
		this.values.forEach((name, value) -> {
			if (name.startsWith(key + ".")) {
				map.put(name.substring(key.length() + 1), value);
			}
		});
		return map;
	}

}
