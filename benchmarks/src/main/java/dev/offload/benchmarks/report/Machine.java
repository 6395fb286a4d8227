package dev.offload.benchmarks.report;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * What the figures were measured on.
 *
 * @param processor the name of the processor
 * @param processors how many there are
 * @param memoryMebibytes how much memory there is
 * @param system the operating system
 */
public record Machine(String processor, int processors, long memoryMebibytes, String system) {

	/**
	 * This machine.
	 * @return what is known of it
	 */
	public static Machine current() {
		return new Machine(find("/proc/cpuinfo", "model name"), Runtime.getRuntime().availableProcessors(),
				memory(find("/proc/meminfo", "MemTotal")),
				System.getProperty("os.name") + " " + System.getProperty("os.version").replaceAll("-.*", ""));
	}

	// Where the system does not tell, nothing is known.
	private static String find(String file, String key) {
		try {
			return Files.readAllLines(Path.of(file))
				.stream()
				.filter((line) -> line.startsWith(key))
				.map((line) -> line.substring(line.indexOf(':') + 1).strip())
				.findFirst()
				.orElse("unknown");
		}
		catch (IOException ex) {
			return "unknown";
		}
	}

	private static long memory(String text) {
		return text.endsWith(" kB") ? Long.parseLong(text.substring(0, text.length() - 3)) / 1024 : 0;
	}

}
