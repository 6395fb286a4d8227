package dev.offload.process;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;

import dev.offload.WorkerLogging;
import dev.offload.WorkerSpec;
import dev.offload.spi.ClassPathStamp;
import dev.offload.spi.OffloadVersion;

/**
 * What must be the same for a start-up cache to fit, as one short word that tells nothing
 * of it.
 */
final class StartupCacheKey {

	/** Variables in which a JVM finds options. */
	static final List<String> VARIABLES = List.of("JAVA_TOOL_OPTIONS", "JDK_JAVA_OPTIONS", "_JAVA_OPTIONS");

	private static final int BYTES = 12;

	/** Does not change which cache fits, but for the size of the heap. */
	private static final List<String> OF_ONE_WORKER = List.of("-D", "-Xmx", "-Xms", "-XX:ActiveProcessorCount=",
			"-XX:ErrorFile=", "-XX:HeapDumpPath=", "-XX:+HeapDumpOnOutOfMemoryError", "-Xlog");

	/** From here on a JVM does not compress references, and refuses what others left. */
	private static final long UNCOMPRESSED_HEAP_BYTES = 32L * 1024 * 1024 * 1024;

	private StartupCacheKey() {
	}

	/**
	 * The key of a worker.
	 * @param worker its settings
	 * @param options its options
	 * @param classPath its class path
	 * @return the key
	 */
	static String of(WorkerSpec worker, List<String> options, Collection<String> classPath) {
		List<String> parts = new ArrayList<>(List.of(OffloadVersion.current(), System.getProperty("java.vm.vendor", ""),
				System.getProperty("java.vm.version", ""), System.getProperty("java.home", "")));
		options.stream().filter((option) -> OF_ONE_WORKER.stream().noneMatch(option::startsWith)).forEach(parts::add);
		parts.add("large heap " + isLarge(options));
		VARIABLES.forEach((name) -> parts.add(name + " " + worker.environment().getOrDefault(name, "")));
		ClassPathStamp.of(classPath).files().forEach((path, stamp) -> parts.add(path + " " + stamp));
		parts.add(worker.context() + " " + worker.sources() + " " + worker.initializer() + " " + worker.warmUp() + " "
				+ (worker.logging() == WorkerLogging.FORWARD));
		try {
			byte[] digest = MessageDigest.getInstance("SHA-256")
				.digest(String.join("\n", parts).getBytes(StandardCharsets.UTF_8));
			return HexFormat.of().formatHex(digest, 0, BYTES);
		}
		catch (NoSuchAlgorithmException ex) {
			throw new IllegalStateException("Every JDK has SHA-256", ex);
		}
	}

	private static boolean isLarge(List<String> options) {
		Long heap = OwnOptions.of(options).maxHeap();
		return heap != null && heap >= UNCOMPRESSED_HEAP_BYTES;
	}

}
