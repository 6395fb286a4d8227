package dev.offload.spring.actuate;

import java.util.Collections;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What Prometheus reads from a service: the values of each label of each metric.
 */
final class Scrape {

	private static final Pattern LINE = Pattern.compile("([a-zA-Z_:][a-zA-Z0-9_:]*)(?:\\{(.*)})? (\\S+)");

	private static final Pattern LABEL = Pattern.compile("([a-zA-Z_][a-zA-Z0-9_]*)=\"((?:[^\"\\\\]|\\\\.)*)\"");

	private final Map<String, Map<String, Set<String>>> metrics = new TreeMap<>();

	Scrape(String text) {
		text.lines().filter((line) -> !line.startsWith("#")).forEach(this::read);
	}

	private void read(String line) {
		Matcher matcher = LINE.matcher(line);
		if (!matcher.matches()) {
			throw new IllegalArgumentException("No line of a scrape: " + line);
		}
		Map<String, Set<String>> labels = this.metrics.computeIfAbsent(matcher.group(1), (name) -> new TreeMap<>());
		Matcher label = LABEL.matcher((matcher.group(2) != null) ? matcher.group(2) : "");
		while (label.find()) {
			labels.computeIfAbsent(label.group(1), (key) -> new TreeSet<>()).add(label.group(2));
		}
	}

	Set<String> metrics() {
		return Collections.unmodifiableSet(this.metrics.keySet());
	}

	Set<String> labels(String metric) {
		return this.metrics.getOrDefault(metric, Map.of()).keySet();
	}

	Set<String> values(String metric, String label) {
		return this.metrics.getOrDefault(metric, Map.of()).getOrDefault(label, Set.of());
	}

}
