package dev.offload.pool;

import java.lang.management.ManagementFactory;

/**
 * What there is to share, as the service's JVM sees it: in a container what the container
 * may have.
 *
 * @param memoryBytes the memory, 0 if it is not known
 * @param serviceHeapBytes the largest heap of the service
 * @param processors the processors
 */
record Machine(long memoryBytes, long serviceHeapBytes, int processors) {

	static Machine current() {
		return new Machine(memory(), Runtime.getRuntime().maxMemory(), Runtime.getRuntime().availableProcessors());
	}

	boolean isMemoryKnown() {
		return this.memoryBytes > 0;
	}

	private static long memory() {
		try {
			return (ManagementFactory
				.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean system)
						? Math.max(0, system.getTotalMemorySize()) : 0;
		}
		catch (LinkageError ex) {
			// A small run-time image may lack the module jdk.management.
			return 0;
		}
	}

}
