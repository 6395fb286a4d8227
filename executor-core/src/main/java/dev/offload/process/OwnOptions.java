package dev.offload.process;

import java.util.List;
import java.util.Locale;

import org.jspecify.annotations.Nullable;

/**
 * What the options of a worker's JVM say of heap and processors. As in the JVM the last
 * of several counts; what the JVM will not understand is not there.
 *
 * @param maxHeap the largest heap in bytes, {@code null} if they do not say
 * @param initialHeap the heap at the start in bytes, {@code null} if they do not say
 * @param memoryPercentage the part of the memory that the largest heap takes,
 * {@code null} if they do not say
 * @param processors the processors, {@code null} if they do not say
 */
public record OwnOptions(@Nullable Long maxHeap, @Nullable Long initialHeap, @Nullable Double memoryPercentage,
		@Nullable Integer processors) {

	/**
	 * Reads them.
	 * @param jvmArgs the options of a JVM
	 * @return what they say
	 */
	public static OwnOptions of(List<String> jvmArgs) {
		Double percentage = parseDouble(last(jvmArgs, "-XX:MaxRAMPercentage="));
		Long processors = parseSize(last(jvmArgs, "-XX:ActiveProcessorCount="));
		return new OwnOptions(parseSize(last(jvmArgs, "-Xmx", "-XX:MaxHeapSize=")),
				parseSize(last(jvmArgs, "-Xms", "-XX:InitialHeapSize=", "-XX:MinHeapSize=")), percentage,
				(processors != null) ? processors.intValue() : null);
	}

	private static @Nullable String last(List<String> options, String... prefixes) {
		String found = null;
		for (String option : options) {
			for (String prefix : prefixes) {
				if (option.startsWith(prefix)) {
					found = option.substring(prefix.length());
				}
			}
		}
		return found;
	}

	private static @Nullable Long parseSize(@Nullable String text) {
		if (text == null || text.isEmpty()) {
			return null;
		}
		int shift = switch (text.substring(text.length() - 1).toLowerCase(Locale.ROOT)) {
			case "k" -> 10;
			case "m" -> 20;
			case "g" -> 30;
			case "t" -> 40;
			default -> 0;
		};
		try {
			return Long.parseLong((shift > 0) ? text.substring(0, text.length() - 1) : text) << shift;
		}
		catch (NumberFormatException ex) {
			return null;
		}
	}

	private static @Nullable Double parseDouble(@Nullable String text) {
		try {
			return (text != null) ? Double.valueOf(text) : null;
		}
		catch (NumberFormatException ex) {
			return null;
		}
	}

}
